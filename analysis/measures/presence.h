// Which nodes are on line, and since when, and which of them are stores.
//
// A store here is honest: what an attacker holds is no copy, and what it stands on is no opinion. A network that has cut off
// its attackers agrees.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/observation/cast.h"
#include "analysis/observation/row.h"
#include "models/base/bits.h"

namespace peerlab {

class Presence {
 public:
  void begin(const Cast& cast) {
    nodes_ = cast.nodes.size();
    stores_.clear();
    off_.clear();
    since_.clear();
    stores_up_ = 0;
    for (std::uint32_t i = 0; i < nodes_; ++i) {
      if (!cast.nodes[i].store || cast.nodes[i].attacker) continue;
      stores_.add(i);
      ++stores_up_;
    }
  }
  /// Takes `machine down` and `machine up`; returns true when the node's state changed.
  bool see(const Row& row) {
    const std::uint32_t node = row.who.value;
    const bool up = row.kind == happened::machine_up;
    if (!(up ? off_.remove(node) : off_.add(node))) return false;
    if (since_.empty()) since_.assign(nodes_, Time::zero());
    since_[node] = row.at;
    if (stores_.has(node)) stores_up_ += up ? 1U : ~0U;
    return true;
  }
  [[nodiscard]] static bool speaks_of(HappeningKind kind) {
    return kind == happened::machine_down || kind == happened::machine_up;
  }
  [[nodiscard]] bool up(NodeId node) const { return !off_.has(node.value); }
  [[nodiscard]] bool store(NodeId node) const { return stores_.has(node.value); }
  /// On line without a break from `from` until now.
  [[nodiscard]] bool up_since(NodeId node, Time from) const {
    return up(node) && (since_.empty() ? Time::zero() : since_[node.index()]) <= from;
  }
  /// Stores on line now.
  [[nodiscard]] std::uint32_t stores_up() const { return stores_up_; }
  [[nodiscard]] std::size_t nodes() const { return nodes_; }

 private:
  // Two bits a node, and eight bytes more as soon as one goes off line.
  std::size_t nodes_ = 0;
  Bits stores_;
  Bits off_;
  std::vector<Time> since_;  ///< the last change; empty: none yet
  std::uint32_t stores_up_ = 0;
};

}  // namespace peerlab
