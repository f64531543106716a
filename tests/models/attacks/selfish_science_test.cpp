// What withholding miners earn, against the closed form of Eyal & Sirer 2014 (eq. 8) and against the Markov chain of their policy.
//
// Four peers, 100,000 blocks a cell in five tables, a lottery by hand: blocks are ten minutes apart and travel for some milliseconds, so that
// the models' propagation in no time is as good as true. Bands are 3.9 standard errors of correlated cycles at that sample.
#include <gtest/gtest.h>

#include "analysis/theory/selfish_mining.h"
#include "analysis/theory/withholding.h"
#include "models/attacks/stubborn.h"
#include "tests/models/attacks/mining_table.h"

namespace peerlab {
namespace {

constexpr std::size_t tables = 5;
constexpr std::size_t blocks_each = 20'000;

double simulated(const AttackRow& row, const MiningTable::Settings& attack, const std::string& gamma) {
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= tables; ++seed) {
    MiningTable::Options o;
    o.nodes = 3;
    o.attack = attack;
    o.set = {{"tie_break", "gamma " + gamma}, {"coins_per_user", "0"}};
    o.seed = seed;
    MiningTable t(row, o);
    t.blocks(blocks_each);
    sum += t.revenue();
  }
  return sum / tables;
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
  EXPECT_NEAR(simulated(selfish_row(), {{"hash_share", alpha}}, gamma), selfish_mining(a, g).revenue, band);
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
  const double told =
      simulated(stubborn_row(), {{"hash_share", "33 %"}, {"equal_fork", "yes"}, {"trail", "1"}}, "50 %");
  const double chain = expected([how](const BranchState& s) { return stubborn_move(how, s); }, 0.33, 0.5);
  EXPECT_NEAR(told, chain, .0146);  // between the bands of SM1 at 33 % and at 40 %: its cycles are longer
}

}  // namespace
}  // namespace peerlab
