// Which of the newest things a node has, in four words that lie in the node itself.
//
// Nine messages of ten announce something that the node has already. Answering that from a set on the heap would cost
// another cache line each time, so the last 128 dense indices are kept here as well. Everything older is asked of `all`: a
// Bits, or one plane of BlockMarks.
//
// Invariants: 1. base is a multiple of 64. 2. Bit i of words is set exactly when base + i is in `all`. 3. Nothing in
// `all` is at or above base + 128.
#pragma once

#include <cstdint>

#include "models/base/bits.h"

namespace peerlab {

class RecentSet {
 public:
  static constexpr std::uint32_t span = 128;

  /// True when i is certainly in the set; false says that `has` must decide. Touches this object alone.
  [[nodiscard]] bool surely_has(std::uint32_t i) const {
    const std::uint32_t place = i - base_;
    return place < span && (words_[place >> 6] >> (place & 63) & 1) != 0;
  }
  template <class All>
  [[nodiscard]] bool has(std::uint32_t i, const All& all) const {
    return i >= base_ ? surely_has(i) : all.has(i);
  }
  /// Adds i to both; returns true when it was not there before.
  template <class All>
  bool add(std::uint32_t i, All&& all) {
    if (!all.add(i)) return false;
    if (i >= base_ + span) {
      base_ = (i & ~63U) - 64;
      words_[0] = all.word(base_ >> 6);
      words_[1] = all.word((base_ >> 6) + 1);
    } else if (i >= base_) {
      words_[(i - base_) >> 6] |= std::uint64_t{1} << (i & 63);
    }
    return true;
  }
  /// Adds 64 w + i for each bit i of `bits`, of which there is one at least, to both.
  void add_word(std::uint32_t w, std::uint64_t bits, Bits& all) {
    all.add_word(w, bits);
    const std::uint32_t first = base_ >> 6;
    if (w >= first + 2) {
      base_ = (w - 1) << 6;
      words_[0] = all.word(w - 1);
      words_[1] = all.word(w);
    } else if (w >= first) {
      words_[w - first] |= bits;
    }
  }
  template <class All>
  void clear(All&& all) {
    all.clear();
    *this = {};
  }

 private:
  std::uint64_t words_[2] = {0, 0};
  std::uint32_t base_ = 0;
};

}  // namespace peerlab
