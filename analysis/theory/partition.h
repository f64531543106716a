// What a partition costs a chain: the blocks of the side that loses when it heals.
//
// Two sides with the hash shares p and 1 - p mine apart. Without a retarget the blocks they find are Poisson numbers X and Y;
// when the network heals the shorter branch is given up, so the loss is E[min(X, Y)]. At a tie the next block decides, and the
// minority finds it with probability p.
#pragma once

#include "analysis/theory/row.h"

namespace peerlab {

struct PartitionCost {
  double stale = 0;            ///< blocks given up in the mean
  double minority_longer = 0;  ///< probability that X > Y
  double tie = 0;              ///< probability that X = Y
  double minority_wins = 0;    ///< longer, or the next block after a tie
};

/// `minority` in [0, 1] is the hash share of one side, `blocks` >= 0 the mean number both find together. CHECKs both.
/// Exact sums over the counts that matter. Cost: about `blocks` + 40 sqrt(blocks) steps.
PartitionCost partition_cost(double minority, double blocks);

TheoryRow partition_row();

}  // namespace peerlab
