// A set of transactions as bits over a sliding window of dense numbers, and the same thing frozen: the mask of a body.
//
// A mempool holds recent transactions, whose numbers lie close together; a window that slides keeps it small however
// long a run is. A body's mask lists only its occupied words, so that "which of this block's 2,000 transactions do I
// lack" and "take them all out" cost some fifty word operations.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/ledger/refs.h"

namespace peerlab {

/// Occupied words of a set, by rising word number.
struct MaskWord {
  std::uint32_t word = 0;  ///< numbers word * 64 .. word * 64 + 63
  std::uint64_t bits = 0;
};
using TxMask = std::vector<MaskWord>;

class TxSet {
 public:
  [[nodiscard]] bool has(TxRef tx) const { return (word(tx.value >> 6) >> (tx.value & 63) & 1) != 0; }
  /// Adds; true when it was not there.
  bool add(TxRef tx);
  /// Adds all of a word; returns those that were not there.
  std::uint64_t add(MaskWord more);
  /// Removes; true when it was there.
  bool remove(TxRef tx);
  /// Removes all of the mask; returns how many were there.
  std::size_t remove_all(std::span<const MaskWord> mask);
  void clear();

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// The 64 bits of word `w`.
  [[nodiscard]] std::uint64_t word(std::uint32_t w) const {
    return w - first_ < words_.size() ? words_[w - first_] : 0;  // w < first_ wraps to a large number
  }
  /// Calls f(TxRef) for each member in order of the dense numbers: never let that order be seen.
  template <class F>
  void each(F&& f) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t left = words_[i]; left != 0; left &= left - 1) {
        f(TxRef::of((first_ + i) * 64 + static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }
  /// How many of the mask are in the set.
  [[nodiscard]] std::size_t count_common(std::span<const MaskWord> mask) const {
    std::size_t count = 0;
    for (const MaskWord& m : mask) count += static_cast<std::size_t>(std::popcount(m.bits & word(m.word)));
    return count;
  }
  /// Calls f(MaskWord) for each word that has members, by rising word number.
  template <class F>
  void each_word(F&& f) const {
    for (std::size_t i = head_; i < words_.size(); ++i) {
      if (words_[i] != 0) f(MaskWord{first_ + static_cast<std::uint32_t>(i), words_[i]});
    }
  }
  /// Calls f(TxRef) for each of the mask that is in the set.
  template <class F>
  void each_common(std::span<const MaskWord> mask, F&& f) const {
    for (const MaskWord& m : mask) {
      for (std::uint64_t left = m.bits & word(m.word); left != 0; left &= left - 1) {
        f(TxRef::of(std::size_t{m.word} * 64 + static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }
  /// Calls f(TxRef) for each of the mask that is not in the set.
  template <class F>
  void each_missing(std::span<const MaskWord> mask, F&& f) const {
    for (const MaskWord& m : mask) {
      for (std::uint64_t left = m.bits & ~word(m.word); left != 0; left &= left - 1) {
        f(TxRef::of(std::size_t{m.word} * 64 + static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }
  [[nodiscard]] std::size_t memory() const { return words_.size() * sizeof(std::uint64_t); }

 private:
  void trim();
  std::vector<std::uint64_t> words_;  // a vector, not a deque: an empty set must cost a node nothing
  std::uint32_t first_ = 0;           // word number of words_.front()
  std::uint32_t head_ = 0;            // the words before this one are empty
  std::uint32_t size_ = 0;
};

}  // namespace peerlab
