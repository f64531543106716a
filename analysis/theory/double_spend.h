// How likely a private chain overtakes the public one: the double spend.
//
// The attacker holds the share q of the hash power, everyone else p = 1 - q. He mines in private while the merchant waits
// until the payment is z blocks deep, then goes on for as long as it takes. Blocks travel in no time. He is counted as
// the winner once he has caught up from z blocks behind (which, with one block mined beforehand, is a longer chain).
//
//   exact          I_{4pq}(z, 1/2)  (Rosenfeld 2014; Grunspan & Perez-Marco 2018, theorem 1)
//   approximation  Poisson progress while the honest find z blocks in exactly their mean time (Nakamoto 2008, section 11);
//                  it is too small, by a third at q = 30 % and z = 10
#pragma once

#include <cstdint>

#include "analysis/theory/row.h"

namespace peerlab {

/// Exact probability; `q` in [0, 1], `z` blocks. 1 for z = 0 and from q = 1/2 on. CHECKs its range. Cost: about sqrt(z) steps.
double double_spend(double q, std::uint64_t z);
/// The approximation of 2008, same arguments. Summed without cancellation: tails below 1e-16 keep their digits. Cost: z steps.
double double_spend_2008(double q, std::uint64_t z);

/// Smallest z whose probability is below `risk` (in (0, 1)) for 0 <= q <= 0.49, by the exact law or by the approximation.
std::uint64_t double_spend_depth(double q, double risk);
std::uint64_t double_spend_depth_2008(double q, double risk);

TheoryRow double_spend_row();

}  // namespace peerlab
