// What withholding miners earn, against the closed form of Eyal & Sirer 2014 (eq. 8) and against the Markov chain of their policy.
//
// Four peers, 100,000 blocks a cell, a lottery by hand: blocks are ten minutes apart and travel for some milliseconds, so that
// the models' propagation in no time is as good as true. Bands are 3.9 standard errors of correlated cycles at that sample.
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/theory/selfish_mining.h"
#include "analysis/theory/withholding.h"
#include "models/attacks/stubborn.h"
#include "tests/models/attacks/mining_table.h"

namespace peerlab {
namespace {

/// The pool's part of the main chain at each of so many tables.
std::vector<double> simulated(const AttackRow& row, const MiningTable::Settings& attack, const std::string& gamma,
                              std::uint64_t tables, std::size_t blocks_each) {
  std::vector<double> revenue;
  for (std::uint64_t seed = 1; seed <= tables; ++seed) {
    MiningTable::Options o;
    o.nodes = 3;
    o.attack = attack;
    o.set = {{"tie_break", "gamma " + gamma}, {"coins_per_user", "0"}};
    o.seed = seed;
    MiningTable t(row, o);
    t.blocks(blocks_each);
    revenue.push_back(t.revenue());
  }
  return revenue;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

struct Cell {
  const char* alpha;
  const char* gamma;
  double band;
};

struct Sm1 : testing::TestWithParam<Cell> {};

TEST_P(Sm1, EarnsWhatEyalAndSirerSay) {
  const auto [alpha, gamma, band] = GetParam();
  const double a = *parse_share(alpha).value;
  const double g = *parse_share(gamma).value;
  const std::vector<double> told = simulated(selfish_row(), {{"hash_share", alpha}}, gamma, 5, 20'000);
  EXPECT_NEAR(mean_of(told), selfish_mining(a, g).revenue, band);
}

INSTANTIATE_TEST_SUITE_P(Cells, Sm1,
                         testing::Values(Cell{"25 %", "100 %", .0083}, Cell{"33 %", "0 %", .0117},
                                         Cell{"40 %", "50 %", .0174}));

/// The revenue of a policy by its Markov chain, branches cut at 40.
double expected(const BranchPolicy& policy, double alpha, double gamma) {
  constexpr std::uint32_t longest = 40;
  std::vector<Withholding> action;
  for (std::uint32_t a = 0; a <= longest; ++a) {
    for (std::uint32_t h = 0; h <= longest; ++h) {
      for (const Contest contest : {Contest::irrelevant, Contest::relevant, Contest::active}) {
        const bool cut = a == longest || h == longest;
        const BranchState state{a, h, contest};
        Withholding chosen = Withholding::wait;
        switch (policy(state)) {
          case BranchMove::adopt: chosen = Withholding::adopt; break;
          case BranchMove::override_public: chosen = Withholding::override_public; break;
          case BranchMove::match: chosen = Withholding::match; break;
          case BranchMove::wait: break;
        }
        if (a == 0 && h == 0) chosen = Withholding::adopt;
        if (contest == Contest::active && a < h) chosen = Withholding::adopt;  // never reached
        if (cut || !can_move(state, policy(state))) chosen = a > h ? Withholding::override_public : Withholding::adopt;
        action.push_back(chosen);
      }
    }
  }
  return withholding_revenue(alpha, gamma, longest, action);
}

TEST(WithholdingChain, OfSm1IsTheClosedForm) {
  EXPECT_NEAR(expected(selfish_move, 0.33, 0.5), selfish_mining(0.33, 0.5).revenue, 1e-6);
}

TEST(Stubborn, EarnsWhatItsMarkovChainSays) {
  const Stubbornness how{.lead = true, .equal_fork = true, .trail = 1};
  const std::vector<double> told =
      simulated(stubborn_row(), {{"hash_share", "33 %"}, {"equal_fork", "yes"}, {"trail", "1"}}, "50 %", 40, 2'500);
  const double chain = expected([how](const BranchState& s) { return stubborn_move(how, s); }, 0.33, 0.5);
  double squares = 0;
  for (const double v : told) squares += (v - mean_of(told)) * (v - mean_of(told));
  const double error = std::sqrt(squares / 39 / 40);  // of forty batch means
  EXPECT_NEAR(mean_of(told), chain, 3.9 * error);
  EXPECT_LT(error, 0.005);
}

}  // namespace
}  // namespace peerlab
