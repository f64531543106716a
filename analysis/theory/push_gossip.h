// How fast a rumour reaches everybody when each machine that knows it calls a random other one now and then.
//
// Asynchronous push on the complete graph: every informed machine calls a uniformly random other machine at the times of
// its own Poisson process of rate 1. With k informed, the next machine is informed at the rate k (n - k) / (n - 1), so the
// time to inform all is a sum of independent exponential times: mean and deviation are exact.
#pragma once

#include <cstdint>

#include "analysis/theory/row.h"

namespace peerlab {

/// Mean and standard deviation of a time, in units of the mean time between two calls of one machine.
struct PushTime {
  double mean = 0;
  double deviation = 0;
};

/// Until `informed` of `machines` know, the first being one of them; 1 <= informed <= machines, CHECKed. Cost: `informed` steps.
PushTime push_gossip(std::uint64_t machines, std::uint64_t informed);

TheoryRow push_gossip_row();

}  // namespace peerlab
