// Who together can do something against everybody else's will, as a system's own rules have it: what `control` and `takes` count.
//
// A feat is within reach of whoever holds `needed` of the nodes `among`, whichever they are, or, by hash power, more than half of it.
// Rules that cannot be broken by holding machines at all are `never`: what an owner has signed nobody else can alter.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "models/base/ids.h"

namespace peerlab {

enum class Feat : std::uint8_t {
  stop_writes,  ///< no write of anybody is done any more
  stop_reads,   ///< nobody is answered any more
  refuse,       ///< a user's operations are kept out for as long as one likes
  alter,        ///< a reader accepts content that its owner never wrote
  undo,         ///< what was acked is as if it had never been
};
inline constexpr std::array<std::string_view, 5> feat_names = {"stop_writes", "stop_reads", "refuse", "alter", "undo"};

struct Power {
  Feat feat = Feat::stop_writes;
  enum class Rule : std::uint8_t { nodes, hash_power, never };
  Rule rule = Rule::nodes;
  std::vector<NodeId> among{};  ///< rule `nodes`
  std::uint32_t needed = 0;     ///< rule `nodes`
};

}  // namespace peerlab
