// When the last copy goes: mean time to data loss.
//
// r copies fail independently at the rate 1/mttf each; every missing copy is rebuilt at the rate 1/repair, all in parallel,
// while at least one is left. From k copies to k - 1 takes
//   E_k = (1 + (r - k) mu E_{k+1}) / (k lambda)
// and the loss comes after E_r + ... + E_1 in the mean (a birth-death chain; Patterson, Gibson & Katz 1988 for r = 2).
#pragma once

#include <cstdint>

#include "analysis/theory/row.h"

namespace peerlab {

/// Mean time until no copy is left, in the unit of `mttf` and `repair` (both > 0, CHECKed); `copies` >= 1.
double mean_time_to_loss(std::uint32_t copies, double mttf, double repair);

TheoryRow durability_row();

}  // namespace peerlab
