// Which nodes are on line, and since when, and which of them are stores.
//
// A store here is honest: what an attacker holds is no copy, and what it stands on is no opinion. A network that has cut off
// its attackers agrees.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/observation/cast.h"
#include "analysis/observation/row.h"

namespace peerlab {

class Presence {
 public:
  void begin(const Cast& cast) {
    nodes_.assign(cast.nodes.size(), {});
    stores_up_ = 0;
    for (std::size_t i = 0; i < cast.nodes.size(); ++i) {
      nodes_[i].store = cast.nodes[i].store && !cast.nodes[i].attacker;
      stores_up_ += nodes_[i].store ? 1U : 0U;
    }
  }
  /// Takes `machine down` and `machine up`; returns true when the node's state changed.
  bool see(const Row& row) {
    Entry& node = nodes_[row.who.index()];
    const bool up = row.kind == happened::machine_up;
    if (node.up == up) return false;
    node.up = up;
    node.since = row.at;
    if (node.store) stores_up_ += up ? 1U : ~0U;
    return true;
  }
  [[nodiscard]] static bool speaks_of(HappeningKind kind) {
    return kind == happened::machine_down || kind == happened::machine_up;
  }
  [[nodiscard]] bool up(NodeId node) const { return nodes_[node.index()].up; }
  [[nodiscard]] bool store(NodeId node) const { return nodes_[node.index()].store; }
  /// On line without a break from `from` until now.
  [[nodiscard]] bool up_since(NodeId node, Time from) const {
    return nodes_[node.index()].up && nodes_[node.index()].since <= from;
  }
  /// Stores on line now.
  [[nodiscard]] std::uint32_t stores_up() const { return stores_up_; }
  [[nodiscard]] std::size_t nodes() const { return nodes_.size(); }

 private:
  struct Entry {
    Time since = Time::zero();
    bool up = true;
    bool store = true;
  };
  std::vector<Entry> nodes_;
  std::uint32_t stores_up_ = 0;
};

}  // namespace peerlab
