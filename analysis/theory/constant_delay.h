// Forks when every block takes the same time to everybody: the least one must expect of any network.
//
// Blocks are found at the rate lambda by infinitely many equal miners, and every other miner learns of a block exactly
// `delay` later; ties go to the first seen. Only x = lambda * delay matters. Each height of the chain then takes `delay`
// plus an exponential time, whence everything below (Sompolinsky & Zohar 2015; Dembo et al. 2020).
#pragma once

#include "analysis/theory/row.h"

namespace peerlab {

/// Main-chain blocks per block mined, 1 / (1 + x); x >= 0 is CHECKed by all three.
double delay_growth(double x);
/// Stale blocks per block mined, x / (1 + x); per main-chain block it is x.
double delay_stale(double x);
/// Probability that a height has more than one block, 1 - exp(-x).
double delay_fork(double x);

TheoryRow constant_delay_row();

}  // namespace peerlab
