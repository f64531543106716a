// What withholding blocks earns: selfish mining as Eyal and Sirer describe it, the strategy SM1.
//
// A pool with the share alpha of the hash power keeps its blocks to itself and publishes just enough to void what the
// others find. In a tie the share gamma of the others mines on the pool's block. Propagation takes no time.
#pragma once

#include "analysis/theory/row.h"

namespace peerlab {

struct SelfishMining {
  double revenue = 0;  ///< the pool's share of the blocks of the main chain: what it earns once difficulty has adjusted
  double per_block = 0;  ///< the pool's main-chain blocks per block mined by anybody: what it earns before a retarget
  double growth = 0;     ///< main-chain blocks per block mined; the rest is stale
};

/// Eyal & Sirer 2014, up to equation 8. `alpha` in [0, 1/2), `gamma` in [0, 1], both CHECKed.
SelfishMining selfish_mining(double alpha, double gamma);
/// Equation 9: the share above which it earns more than honest mining.
double selfish_mining_threshold(double gamma);

TheoryRow selfish_mining_row();

}  // namespace peerlab
