// Who answers at which address: what routing knows, and seed servers that have crawled the network.
//
// A machine lies in one group (/16), drawn from the seed; its nodes have addresses next to each other there. Nodes that take no
// connections have an address too, but nobody is told of it. Addresses that nobody answers at are every other one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "models/base/random.h"
#include "models/replication/flat_index.h"
#include "models/replication/net_address.h"

namespace peerlab {

class AddressBook {
 public:
  static constexpr std::uint32_t first_group = 256;  ///< below it nobody lives: seed servers and the like

  AddressBook(std::uint64_t seed, std::uint32_t groups) : seed_(seed), groups_(groups) {}

  /// The next node, in the order of their numbers. `reachable`: takes connections.
  void add(MachineId machine, bool reachable) {
    Stream chance(seed_, purpose("network group"), machine.value);
    const auto group = first_group + static_cast<std::uint32_t>(chance.below(groups_));
    auto host = static_cast<std::uint32_t>(chance.below(1U << 16));
    for (; index_.find(group << 16 | host) != FlatIndex::none; host = (host + 1) & 0xffff) {
    }
    const NodeId node = NodeId::of(address_.size());
    address_.emplace_back(group << 16 | host);
    index_.set(address_.back().value, node.value);
    if (reachable) reachable_.push_back(node);
  }

  [[nodiscard]] NetAddress of(NodeId node) const { return address_[node.index()]; }
  /// Who answers there; nobody.
  [[nodiscard]] NodeId at(NetAddress address) const {
    const std::uint32_t node = index_.find(address.value);
    return node == FlatIndex::none ? nobody : NodeId(node);
  }
  /// All who take connections, in rising order.
  [[nodiscard]] std::span<const NodeId> reachable() const { return reachable_; }
  [[nodiscard]] bool takes_connections(NodeId node) const {
    return std::binary_search(reachable_.begin(), reachable_.end(), node);
  }

 private:
  std::uint64_t seed_;
  std::uint32_t groups_;
  std::vector<NetAddress> address_;
  FlatIndex index_;
  std::vector<NodeId> reachable_;
};

}  // namespace peerlab
