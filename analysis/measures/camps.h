// Nodes in camps: each on-line store stands on one state, and those on the same state agree.
//
// Keeps, in O(1) per move, how many pairs agree: a camp of c contributes c (c - 1) / 2. A whole network of n nodes is never
// compared pair by pair.
#pragma once

#include <cstdint>
#include <vector>

#include "models/base/lookup.h"

namespace peerlab {

class Camps {
 public:
  using Camp = std::uint32_t;
  static constexpr Camp none = 0xffffffff;

  /// The camp of a state, made if need be. Camps are never forgotten: one number per state ever seen.
  Camp of(std::uint64_t state) {
    const auto [camp, fresh] = camps_.insert(state, static_cast<Camp>(sizes_.size()));
    if (fresh) sizes_.push_back(0);
    return *camp;
  }
  void join(Camp camp) {
    agreeing_ += sizes_[camp]++;
    ++nodes_;
  }
  void leave(Camp camp) {
    agreeing_ -= --sizes_[camp];
    --nodes_;
  }
  [[nodiscard]] std::uint64_t agreeing_pairs() const { return agreeing_; }
  [[nodiscard]] std::uint64_t pairs() const { return nodes_ * (nodes_ - (nodes_ > 0 ? 1 : 0)) / 2; }

 private:
  Lookup<std::uint64_t, Camp> camps_;
  std::vector<std::uint32_t> sizes_;
  std::uint64_t nodes_ = 0;
  std::uint64_t agreeing_ = 0;
};

}  // namespace peerlab
