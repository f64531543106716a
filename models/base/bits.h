// A growing set of small numbers as one bit each. Reading beyond its end says "not in it"; adding grows it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "models/base/thin_vector.h"

namespace peerlab {

class Bits {
 public:
  [[nodiscard]] bool has(std::uint32_t i) const {
    const std::size_t word = i >> 6;
    return word < words_.size() && (words_[word] >> (i & 63) & 1) != 0;
  }
  /// Adds i; returns true when it was not there before.
  bool add(std::uint32_t i) {
    const std::size_t word = i >> 6;
    if (word >= words_.size()) words_.resize(word + 1 + word / 2);
    const std::uint64_t bit = std::uint64_t{1} << (i & 63);
    const bool fresh = (words_[word] & bit) == 0;
    words_[word] |= bit;
    return fresh;
  }
  /// Adds 64 w + i for each bit i of `bits`.
  void add_word(std::uint32_t w, std::uint64_t bits) {
    if (w >= words_.size()) words_.resize(w + 1 + w / 2);
    words_[w] |= bits;
  }
  /// Removes i; returns true when it was there.
  bool remove(std::uint32_t i) {
    const std::size_t word = i >> 6;
    if (word >= words_.size()) return false;
    const std::uint64_t bit = std::uint64_t{1} << (i & 63);
    const bool there = (words_[word] & bit) != 0;
    words_[word] &= ~bit;
    return there;
  }
  void clear() { words_ = {}; }
  [[nodiscard]] std::size_t count() const {
    std::size_t n = 0;
    for (const std::uint64_t w : words_) n += static_cast<std::size_t>(std::popcount(w));
    return n;
  }
  /// Calls f(i) for each member in rising order.
  template <class F>
  void each(F&& f) const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t left = words_[w]; left != 0; left &= left - 1) {
        f(static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }
  /// Members 64 w .. 64 w + 63.
  [[nodiscard]] std::uint64_t word(std::size_t w) const { return w < words_.size() ? words_[w] : 0; }
  [[nodiscard]] std::size_t memory() const { return words_.memory(); }

 private:
  ThinVector<std::uint64_t> words_;
};

}  // namespace peerlab
