// The double-spend race against its exact law (Rosenfeld 2014; Grunspan & Perez-Marco 2018): one block mined beforehand, strictly more
// work, given up far behind. Thousands of trials a cell, blocks ten minutes apart on average and under way for milliseconds.
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/theory/double_spend.h"
#include "tests/models/attacks/mining_table.h"

namespace peerlab {
namespace {

struct Won {
  double share = 0;
  double trials = 0;
};

Won simulated(const std::string& q, const std::string& z, const std::string& give_up, std::size_t trials,
              Duration latency) {
  constexpr std::uint64_t tables = 20;
  MiningTable::Attempts sum;
  for (std::uint64_t seed = 1; seed <= tables; ++seed) {
    MiningTable::Options o;
    o.nodes = 3;
    o.seed = seed;
    o.latency = latency;
    o.set = {{"announce_every", "1 ms"}, {"block_timeout", "10 min"}};
    o.attack = {{"hash_share", q},
                {"confirmations", z},
                {"head_start", "1"},
                {"give_up", give_up},
                {"trials", std::to_string(trials / tables)}};
    MiningTable t(double_spend_attack_row(), o);
    while (t.table().count(happened::attempt_ended) < trials / tables) t.blocks(500);
    const MiningTable::Attempts here = t.attempts();
    EXPECT_EQ(here.ended, trials / tables);
    sum.ended += here.ended;
    sum.won += here.won;
  }
  return {static_cast<double>(sum.won) / static_cast<double>(sum.ended), static_cast<double>(sum.ended)};
}

double band(double p, double trials) { return 3.9 * std::sqrt(p * (1 - p) / trials); }

TEST(DoubleSpendLaw, HoldsWithoutDelayAtATenthOfTheHashPower) {
  const Won won = simulated("10 %", "2", "10", 4000, milliseconds(1));
  const double law = double_spend(0.1, 2);
  EXPECT_NEAR(won.share, law, band(law, won.trials));
}

TEST(DoubleSpendLaw, HoldsAtThreeTenthsWhereTheApproximationOf2008IsRejected) {
  const Won won = simulated("30 %", "6", "25", 10'000, milliseconds(1));
  const double law = double_spend(0.3, 6);
  EXPECT_NEAR(won.share, law, band(law, won.trials));
  const double approximation = double_spend_2008(0.3, 6);
  EXPECT_GT(won.share, approximation + band(approximation, won.trials));
}

TEST(DoubleSpendLaw, DelayNeverHelpsTheHonest) {
  const Won won = simulated("30 %", "2", "25", 2000,
                            seconds(10));  // thirty seconds for a block to be had: a twentieth of ten minutes
  const double law = double_spend(0.3, 2);
  EXPECT_GT(won.share, law - band(law, won.trials));
}

}  // namespace
}  // namespace peerlab
