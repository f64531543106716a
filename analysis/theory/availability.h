// How often enough of n machines are up.
//
// Each machine fails and is repaired on its own: it is up for the share A = mttf / (mttf + mttr) of the time, whatever the
// laws of the two times. A service that needs k of its n machines is up when at least k are.
#pragma once

#include <cstdint>

#include "analysis/theory/row.h"

namespace peerlab {

/// Probability that fewer than `k` of `n` machines are up, each up with probability `up` in [0, 1]; k <= n (CHECKed). Summed over
/// the few, so that small values keep their digits. Cost: k steps.
double unavailability(std::uint32_t k, std::uint32_t n, double up);

TheoryRow availability_row();

}  // namespace peerlab
