// What a cut between groups of machines lets through.
#pragma once

#include <cstdint>

namespace peerlab {

enum class CutShape : std::uint8_t {
  sides,    ///< nothing between different groups
  one_way,  ///< nothing from a group to one with a larger number; what goes the other way arrives
  ring,  ///< groups 1 .. n stand in a ring, and each reaches those around it: just more than half of them with itself
};

/// Whether something passes from group `from` to group `to`, both from 1, of `groups` groups.
constexpr bool lets_through(CutShape shape, std::uint32_t from, std::uint32_t to, std::uint32_t groups) {
  switch (shape) {
    case CutShape::sides: return from == to;
    case CutShape::one_way: return from >= to;
    case CutShape::ring: {
      const std::uint32_t apart = from > to ? from - to : to - from;
      const std::uint32_t shorter = apart <= groups - apart ? apart : groups - apart;
      return shorter <= (groups / 2 + 1) / 2;
    }
  }
  return false;
}

}  // namespace peerlab
