// How peers treat each other, and how those who come back fare.
//
//   peers.banned  how often a peer was cut off for breaking the rules, how many peers that were, and how many of the bans
//                 hit an honest one
//   caught_up     time from a store's joining or coming back until it has caught up with the best header that it knows. Who
//                 goes off again before that is left out; who has not got there at the end counts as +infinity. Returns
//                 in the last `settle` are left out.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_peers(std::string_view argument);
std::unique_ptr<Measure> make_caught_up(std::string_view argument);

}  // namespace peerlab
