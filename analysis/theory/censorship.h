// How long a censor can keep a transaction out.
//
// Producers of blocks with the share q refuse a victim's transaction; everybody else includes it as soon as he may, and the
// censors build on honest blocks. Blocks until it is in are geometric: it is still out after n blocks with probability q^n.
#pragma once

#include <cstdint>

#include "analysis/theory/row.h"

namespace peerlab {

/// Probability that it is still out after `blocks`; `q` in [0, 1], CHECKed.
double still_censored(double q, std::uint64_t blocks);
/// Mean number of blocks until it is in, that block included: 1 / (1 - q); infinite at q = 1.
double blocks_until_included(double q);
/// Smallest number of blocks after which it is out with a chance of `risk` (in (0, 1)) or less; `q` in [0, 1).
std::uint64_t blocks_for_risk(double q, double risk);

TheoryRow censorship_row();

}  // namespace peerlab
