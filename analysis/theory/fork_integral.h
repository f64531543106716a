// Forks from how fast blocks really spread: the integral of Decker and Wattenhofer.
//
// While a block spreads, the machines that have not heard of it may find a rival. With f(t) the share that knows it after
// t seconds, the time that is open to rivals is the integral of 1 - f(t), which is the mean time until a machine
// (weighted by its hash power) hears of a block. Decker & Wattenhofer, Information propagation in the Bitcoin network,
// P2P 2013.
#pragma once

#include <span>
#include <utility>

#include "analysis/theory/row.h"

namespace peerlab {

/// Probability that a block meets a rival: 1 - (1 - 1 / interval)^unaware, seconds both, as in the paper (blocks found in each second
/// with probability 1 / interval > 0). CHECKs interval > 1 and unaware >= 0.
double fork_probability(double interval, double unaware);

/// The integral of 1 - f over the points (seconds, share that knows), straight lines between them, from (0, 0) on unless a
/// point says otherwise. Times and shares do not fall (CHECKed); the last share should be 1, as what comes later is not counted.
double time_unaware(std::span<const std::pair<double, double>> curve);

TheoryRow fork_integral_row();

}  // namespace peerlab
