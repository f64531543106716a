// What is left of a large random network when machines are taken away.
//
// A network with a given law of degrees and no other structure, n -> infinity. A machine with k neighbours stays with
// probability q_k: the same for all under random failure, 0 from some degree on when the best connected are removed (by
// their degree in the intact network). By generating functions (Callaway, Newman, Strogatz & Watts, PRL 85:5468, 2000):
//   u = 1 - sum_k k p_k q_k (1 - u^(k-1)) / <k>,   giant part = sum_k p_k q_k (1 - u^k)
// where u is the chance that an edge leads to no giant part. There is one when sum_k k (k-1) p_k q_k > <k>, which for
// random failure gives the threshold 1 - 1 / (<k^2>/<k> - 1) of Cohen, Erez, ben-Avraham & Havlin, PRL 85:4626, 2000.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/theory/row.h"

namespace peerlab {

/// Entry k is the share of machines with k neighbours; sums to 1.
using DegreeLaw = std::vector<double>;

DegreeLaw regular_degrees(std::uint32_t degree);
/// A random graph of Erdos and Renyi; `mean` in [0, 10000], cut where less than 1e-18 is left.
DegreeLaw poisson_degrees(double mean);
/// P(k) proportional to k^-exponent for least <= k <= most.
DegreeLaw power_law_degrees(double exponent, std::uint32_t least, std::uint32_t most);

enum class Removal : std::uint8_t { random, best_connected };

/// The giant part, as a share of the machines there were before the share `removed` in [0, 1] was taken away.
double giant_part(const DegreeLaw& degrees, Removal how, double removed);
/// The share whose removal leaves no giant part; 0 when there is none to begin with.
double collapse_point(const DegreeLaw& degrees, Removal how);
double mean_degree(const DegreeLaw& degrees);

TheoryRow percolation_row();

}  // namespace peerlab
