// The orders in which machines fall to somebody who takes any: 1,000 for a run, each a uniform permutation, cut off at `length`.
//
// They come from the seed of the replication alone, so that they are the same at every audit, and nested: who takes more machines
// takes the same ones and more.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/base/ids.h"
#include "models/base/random.h"

namespace peerlab {

inline constexpr std::uint32_t random_orders = 1000;

/// Order number `i` of machines 0 .. machines-1. Cost: proportional to `machines`.
inline std::vector<MachineId> random_order(std::uint64_t seed, std::uint32_t i, std::uint32_t machines,
                                           std::size_t length) {
  std::vector<MachineId> order;
  order.reserve(machines);
  for (std::uint32_t m = 0; m < machines; ++m) order.emplace_back(m);
  Stream chance(seed, purpose("order in which machines fall"), i);
  const std::size_t taken = std::min<std::size_t>(length, machines);
  for (std::size_t k = 0; k < taken; ++k) {
    const auto other = static_cast<std::size_t>(chance.below(machines - k));
    std::swap(order[k], order[k + other]);
  }
  order.resize(taken);
  return order;
}

}  // namespace peerlab
