// The best that withholding blocks can earn: the optimal selfish mining policy, by solving its Markov decision process.
//
// The state is (a, h, fork): the lengths of the attacker's private branch and of the public one since they parted, and whether
// the last block was the attacker's (irrelevant), an honest one that he can still answer (relevant), or whether both branches
// are public and compete (active). After every block the attacker may
//   adopt     give up and mine on the public branch
//   override  publish h + 1 blocks, possible for a > h: the public branch is void
//   match     publish h blocks just as the rival appears, for a >= h while relevant: gamma of the others mine on them
//   wait      publish nothing
// (Sapirshtein, Sompolinsky & Zohar, Optimal selfish mining strategies in Bitcoin, FC 2016, table 1 and section 3.)
//
// What is maximised is a ratio, the attacker's blocks over all blocks of the main chain. Policy iteration: the long-run rates
// A and H of both kinds of blocks and their relative values come from one sparse linear system (Eigen's LU); with the
// ratio r = A / (A + H) as price, every state then takes the action that is best for (1 - r) A - r H, until none changes. Both
// branches are cut at `longest`, where only adopting and overriding are left: what is found is a policy that he can
// follow, hence a lower bound of the true optimum, which it approaches as `longest` grows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/theory/row.h"

namespace peerlab {

enum class Withholding : std::uint8_t { adopt, override_public, match, wait };

struct WithholdingPolicy {
  double revenue = 0;         ///< the attacker's share of the main chain
  double growth = 0;          ///< main-chain blocks per block mined
  std::uint32_t rounds = 0;   ///< of policy iteration
  std::uint32_t longest = 0;  ///< where the branches are cut
  std::vector<Withholding>
      action;  ///< of every state: index ((a * (longest + 1)) + h) * 3 + {irrelevant, relevant, active}
};

/// `alpha` in [0, 1/2) is the attacker's share of the hash power, `gamma` in [0, 1] the share of the others that mines on his branch
/// when he matches, `longest` >= 2; all CHECKed. Cost: some ten sparse factorisations of order 3 longest^2; 0.3 s each at 75.
WithholdingPolicy optimal_withholding(double alpha, double gamma, std::uint32_t longest);

/// What a policy earns, without improving it: `action` of every state, as in WithholdingPolicy, each of them open there.
double withholding_revenue(double alpha, double gamma, std::uint32_t longest, const std::vector<Withholding>& action);

/// A policy for branches of up to `most` blocks as the attack `policy` reads it: a row for each length of the private branch, in it an
/// entry for each length of the public one, of three letters (a adopt, o override, m match, w wait, * never reached) for a fork
/// that is irrelevant, relevant, active.
std::string policy_table(const WithholdingPolicy& policy, std::uint32_t most);

TheoryRow withholding_row();

}  // namespace peerlab
