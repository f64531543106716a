// What one node knows of each block: four marks a block, so that all that is to be said of it lies in one word.
//
// A block that comes touches all of its marks. As four sets they would be four places in memory, for every node of a large
// world. The first thirty-two blocks need no heap.
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/base/thin_vector.h"

namespace peerlab {

class BlockMarks {
 public:
  enum Mark : std::uint8_t {
    header = 1,    ///< the header is in its place
    body = 2,      ///< the body is here
    complete = 4,  ///< header and body of it and all its ancestors are here
    came = 8       ///< a body came, whatever became of it
  };
  [[nodiscard]] bool has(std::uint32_t i, Mark mark) const { return (word_of(i) >> shift(i) & mark) != 0; }
  /// Sets a mark; true when it was not set before.
  bool add(std::uint32_t i, Mark mark) {
    const std::uint32_t w = i / per_word;
    if (w >= inside && w - inside >= more_.size()) more_.resize(w - inside + 1 + w / 2);
    std::uint64_t& word = w < inside ? first_[w] : more_[w - inside];
    const std::uint64_t bit = std::uint64_t{mark} << shift(i);
    const bool fresh = (word & bit) == 0;
    word |= bit;
    return fresh;
  }
  /// Takes a mark away; true when it was set.
  bool remove(std::uint32_t i, Mark mark) {
    if (!has(i, mark)) return false;
    const std::uint32_t w = i / per_word;
    (w < inside ? first_[w] : more_[w - inside]) &= ~(std::uint64_t{mark} << shift(i));
    return true;
  }
  /// Calls f(i) for each block with that mark, rising.
  template <class F>
  void each(Mark mark, F&& f) const {
    const auto words = static_cast<std::uint32_t>(inside + more_.size());
    for (std::uint32_t i = 0; i < words * per_word; ++i) {
      if (has(i, mark)) f(i);
    }
  }
  /// One mark as a set.
  class Plane {
   public:
    Plane(BlockMarks& marks, Mark mark) : marks_(marks), mark_(mark) {}
    [[nodiscard]] bool has(std::uint32_t i) const { return marks_.has(i, mark_); }
    bool add(std::uint32_t i) { return marks_.add(i, mark_); }
    /// Members 64 w .. 64 w + 63.
    [[nodiscard]] std::uint64_t word(std::size_t w) const {
      std::uint64_t bits = 0;
      for (std::uint32_t i = 0; i < 64; ++i) {
        bits |= std::uint64_t{has(static_cast<std::uint32_t>(w) * 64 + i)} << i;
      }
      return bits;
    }

   private:
    BlockMarks& marks_;
    Mark mark_;
  };
  [[nodiscard]] Plane plane(Mark mark) { return {*this, mark}; }
  /// Bytes on the heap.
  [[nodiscard]] std::size_t memory() const { return more_.memory(); }

 private:
  static constexpr std::uint32_t per_word = 16;
  static constexpr std::uint32_t inside = 2;
  static int shift(std::uint32_t i) { return static_cast<int>(i % per_word) * 4; }
  [[nodiscard]] std::uint64_t word_of(std::uint32_t i) const {
    const std::uint32_t w = i / per_word;
    if (w < inside) return first_[w];
    return w - inside < more_.size() ? more_[w - inside] : 0;
  }
  std::uint64_t first_[inside] = {};
  ThinVector<std::uint64_t> more_;
};

}  // namespace peerlab
