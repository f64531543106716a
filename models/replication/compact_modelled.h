// Compact blocks without transactions to reconstruct them from: whether a reconstruction fails, and how much is missing,
// are drawn instead.
//
// The common workload of SimBlock (Aoki et al. 2019; compact blocks added by Nagayama et al. 2020, after measurements of
// Imtiaz et al. 2019): a node uses compact blocks or not, and is a control node that is always on or a churn node
// that comes and goes. A control node fails with probability 0.13 and then lacks 1 % of the block, a churn
// node fails with probability 0.27 and lacks a share whose quantiles were measured; between the quantiles we interpolate
// geometrically, which gives the measured mean of about 0.087.
#pragma once

#include <cstdint>

#include "models/base/ids.h"
#include "models/base/random.h"

namespace peerlab {

/// What a node is, once for all; a pure function of (seed, node).
struct CompactClass {
  bool compact = false;  ///< asks for compact blocks and serves them
  bool churn = false;
};
CompactClass compact_class(std::uint64_t seed, NodeId node, double compact_share, double churn_share);

/// Draws whether a reconstruction fails: 0 when it does not, else the missing share of the block in 1/65535, at least 1.
std::uint16_t draw_missing(Stream& chance, bool churn);

/// The missing share of a churn node's failed reconstruction at cumulative probability u in [0, 1).
double churn_missing_quantile(double u);

}  // namespace peerlab
