// What to do about a graph in several pieces.
//
//   repair  join the pieces with the fewest links (pieces - 1). Every smaller piece opens a link to the largest one, from its
//           member of the lowest degree to those of the largest in turn, lowest degree first: no long chains, no hub, and
//           no chance. The default.
//   refuse  say so and run nothing
//   as-is   leave it: percolation studies need it
#pragma once

#include <cstdint>
#include <string_view>

#include "models/base/quantity.h"
#include "models/network/graph.h"

namespace peerlab {

enum class Connectivity : std::uint8_t { repair, refuse, as_is };
/// `repair`, `refuse`, `as-is`; anything else is a fault of ours.
Connectivity connectivity_from(std::string_view name);

/// The graph after the policy, or the sentence of a refusal.
Parsed<Graph> connect(Graph graph, Connectivity policy);

}  // namespace peerlab
