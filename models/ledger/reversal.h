// When a block is deep enough: the chance that somebody with a share of the hash power ever undoes it.
//
// The race is that of Nakamoto 2008, section 11: a payee waits until z blocks hold his transaction, its own included, while an
// attacker with share q of the hash power mines in secret on the block before it, and goes on for ever if he is behind. The
// chance that he ever draws level is, exactly (Rosenfeld 2014, "Analysis of hashrate-based double-spending"; Grunspan and
// Perez-Marco 2018, "Double spend races", theorem 1),
//
//   P(z, q) = I(4pq; z, 1/2),   p = 1 - q,   with I the regularised incomplete beta function,
//
// which is 1 for q >= 1/2. From I's recurrence (DLMF 8.17.20) follows a sum of products, without logarithm or power:
//
//   P(1) = 2q,   P(z + 1) = P(z) - t(z),   t(1) = 2pq (p - q),   t(z + 1) = t(z) 4pq (z + 1/2) / (z + 1).
#pragma once

#include <cstdint>

namespace peerlab {

/// P(depth, share): 0 <= share <= 1, depth >= 0. Exact to about 1e-15. Costs `depth` steps.
double reversal_chance(std::uint32_t depth, double share);

/// The smallest depth at which reversal_chance is at most `epsilon`; 0 when no depth up to `most_final_depth` is enough.
std::uint32_t final_depth(double share, double epsilon);

inline constexpr std::uint32_t most_final_depth = 10'000;

}  // namespace peerlab
