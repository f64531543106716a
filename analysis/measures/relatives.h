// Nodes in camps by the tip they stand on, where two camps may agree without standing on the same tip.
//
// Keeps how many pairs of nodes agree z steps below the tip (history_tree.h). Agreement of that sort is no equivalence, so that a
// move costs a look at every other tip on which somebody stands: two while a block travels, a few in a fork, as many as
// there are nodes while all of them catch up.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "analysis/measures/history_tree.h"

namespace peerlab {

class Relatives {
 public:
  explicit Relatives(std::uint32_t depth) : depth_(depth) {}

  void join(const HistoryTree& tree, HistoryTree::Place tip) {
    agreeing_ += relatives(tree, tip);
    const auto camp = std::find_if(camps_.begin(), camps_.end(), [&](const Camp& c) { return c.tip == tip; });
    camp == camps_.end() ? camps_.push_back({tip, 1}) : void(++camp->size);
    ++nodes_;
  }
  void leave(const HistoryTree& tree, HistoryTree::Place tip) {
    const auto camp = std::find_if(camps_.begin(), camps_.end(), [&](const Camp& c) { return c.tip == tip; });
    if (--camp->size == 0) camps_.erase(camp);
    agreeing_ -= relatives(tree, tip);
    --nodes_;
  }
  [[nodiscard]] std::uint64_t agreeing_pairs() const { return agreeing_; }
  [[nodiscard]] std::uint64_t pairs() const { return nodes_ * (nodes_ - (nodes_ > 0 ? 1 : 0)) / 2; }

 private:
  struct Camp {
    HistoryTree::Place tip;
    std::uint32_t size;
  };
  [[nodiscard]] std::uint64_t relatives(const HistoryTree& tree, HistoryTree::Place tip) const {
    std::uint64_t all = 0;
    for (const Camp& c : camps_) all += tree.agree(c.tip, tip, depth_) ? c.size : 0;
    return all;
  }

  std::uint32_t depth_;
  std::vector<Camp> camps_;
  std::uint64_t nodes_ = 0;
  std::uint64_t agreeing_ = 0;
};

}  // namespace peerlab
