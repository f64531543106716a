// Identities: 32-bit numbers in strong types, so that a machine is never taken for a node.
#pragma once

#include <compare>
#include <cstdint>

namespace peerlab {

/// A 32-bit index with a type of its own. The largest value means "none".
template <class Tag>
struct Id {
  std::uint32_t value = 0xffffffff;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t v) : value(v) {}
  template <class Integer>
  static constexpr Id of(Integer v) {
    return Id(static_cast<std::uint32_t>(v));
  }

  friend constexpr auto operator<=>(Id, Id) = default;
  [[nodiscard]] constexpr bool valid() const { return value != 0xffffffff; }
  [[nodiscard]] constexpr std::size_t index() const { return value; }
};

using NodeId = Id<struct NodeTag>;        ///< a participant, from 0, dense; at most 2^24 - 16 in one world
using MachineId = Id<struct MachineTag>;  ///< the host of one or more nodes: CPU, links, disk
using UserId = Id<struct UserTag>;        ///< a person; the same person in every system
using RegionId = Id<struct RegionTag>;    ///< a row of the geography table

/// Nobody.
inline constexpr NodeId nobody{};

}  // namespace peerlab
