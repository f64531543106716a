// Which neighbours know which of the transactions that wait for a node's next batch: bits, a row for every 64 transactions.
//
// A row is the word of those that wait, then for each of the node's first neighbours the word of those that he knows. Batches hold
// transactions of the same minutes, whose dense numbers lie close together: a handful of rows.
//
// Invariant: what a neighbour is marked to know waits.
#pragma once

#include <algorithm>
#include <cstdint>

#include "models/base/thin_vector.h"
#include "models/ledger/tx_set.h"

namespace peerlab {

class ToldTable {
 public:
  /// Neighbours beyond these places are told twice, which is harmless.
  static constexpr std::uint32_t most_places = 64;

  void add(MaskWord bits) {
    reach(bits.word);
    row(bits.word)[0] |= bits.bits;
  }
  void add(TxRef tx) { add({tx.value >> 6, std::uint64_t{1} << (tx.value & 63)}); }
  [[nodiscard]] bool has(TxRef tx) const { return (waiting(tx.value >> 6) >> (tx.value & 63) & 1) != 0; }
  /// The neighbour at `place` knows those of `bits` that wait.
  void tell(MaskWord bits, std::uint32_t place) {
    const std::uint64_t known = bits.bits & waiting(bits.word);
    if (known == 0 || place >= most_places) return;
    if (place >= places_) widen(place + 1);
    row(bits.word)[1 + place] |= known;
  }
  void tell_all(std::uint32_t place) {
    for (std::uint32_t w = 0; w < words_; ++w) tell({first_ + w, ~std::uint64_t{0}}, place);
  }
  [[nodiscard]] std::uint64_t waiting(std::uint32_t word) const { return word - first_ < words_ ? row(word)[0] : 0; }
  [[nodiscard]] std::uint64_t known(std::uint32_t word, std::uint32_t place) const {
    return word - first_ < words_ && place < places_ ? row(word)[1 + place] : 0;
  }
  /// The rows are those of the words from first_word() on.
  [[nodiscard]] std::uint32_t first_word() const { return first_; }
  [[nodiscard]] std::uint32_t words() const { return words_; }
  /// Keeps the memory.
  void clear() {
    table_.clear();
    words_ = 0;
  }

 private:
  [[nodiscard]] std::size_t width() const { return 1 + std::size_t{places_}; }
  [[nodiscard]] std::uint64_t* row(std::uint32_t word) { return table_.data() + (word - first_) * width(); }
  [[nodiscard]] const std::uint64_t* row(std::uint32_t word) const { return table_.data() + (word - first_) * width(); }
  void reach(std::uint32_t word) {
    if (words_ == 0) first_ = word;
    if (word < first_) {
      const std::uint32_t more = first_ - word;
      table_.resize((words_ + more) * width());
      std::rotate(table_.begin(), table_.end() - static_cast<std::ptrdiff_t>(more * width()), table_.end());
      first_ = word;
      words_ += more;
    } else if (word - first_ >= words_) {
      words_ = word - first_ + 1;
      table_.resize(words_ * width());
    }
  }
  void widen(std::uint32_t places) {
    const std::uint32_t wider = std::min((places + 7) / 8 * 8, most_places);
    ThinVector<std::uint64_t> table;
    table.resize(words_ * (1 + std::size_t{wider}));
    for (std::size_t w = 0; w < words_; ++w) {
      std::copy_n(table_.begin() + w * width(), width(), table.begin() + w * (1 + std::size_t{wider}));
    }
    table_.swap(table);
    places_ = wider;
  }
  ThinVector<std::uint64_t> table_;
  std::uint32_t first_ = 0;
  std::uint32_t words_ = 0;
  std::uint32_t places_ = 0;
};

}  // namespace peerlab
