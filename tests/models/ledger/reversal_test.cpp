// The double-spend race against the published tables and against the sum it was derived from.
#include "models/ledger/reversal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace peerlab {
namespace {

// Rosenfeld 2014, table 1, per cent, by number of confirmations.
TEST(Reversal, HasTheChancesOfRosenfeldsTable) {
  const std::vector<double> ten = {20, 5.6, 1.712, 0.546, 0.178, 0.059, 0.020, 0.007, 0.002, 0.001};
  for (std::size_t z = 1; z <= ten.size(); ++z) {
    EXPECT_NEAR(100 * reversal_chance(static_cast<std::uint32_t>(z), 0.10), ten[z - 1], 0.0005) << z;
  }
}

// The definition: the honest side finds z blocks; the attacker has k by then, a negative binomial, and draws level with (q/p)^(z-k).
double by_the_sum(std::uint32_t z, double q) {
  const double p = 1 - q;
  double undone = 0;
  double behind = 0;
  double chance = std::pow(p, z);
  for (std::uint32_t k = 0; k < z; ++k) {
    behind += chance;
    undone += chance * std::pow(q / p, z - k);
    chance *= q * (z + k) / (k + 1);
  }
  return undone + 1 - behind;
}

TEST(Reversal, IsTheSumOverWhatTheAttackerHasMinedMeanwhile) {
  for (const double q : {0.01, 0.1, 0.25, 0.4, 0.49}) {
    for (std::uint32_t z = 1; z <= 60; ++z)
      EXPECT_NEAR(reversal_chance(z, q), by_the_sum(z, q), 1e-13) << q << " " << z;
  }
}

TEST(Reversal, TenPerCentOfThePowerMakesSixBlocksFinalAtOneInAThousand) {
  EXPECT_EQ(final_depth(0.10, 0.001), 6U);
  EXPECT_GT(reversal_chance(5, 0.10), 0.001);
  EXPECT_LE(reversal_chance(6, 0.10), 0.001);
}

TEST(Reversal, TheFinalDepthIsTheFirstThatIsDeepEnough) {
  for (const double q : {0.02, 0.2, 0.3, 0.45}) {
    for (const double epsilon : {0.1, 0.001, 1e-6}) {
      const std::uint32_t z = final_depth(q, epsilon);
      ASSERT_GT(z, 0U);
      EXPECT_LE(reversal_chance(z, q), epsilon);
      EXPECT_GT(reversal_chance(z - 1, q), epsilon);
    }
  }
}

TEST(Reversal, NobodyAgainstHalfThePowerIsEverFinal) {
  EXPECT_EQ(reversal_chance(1000, 0.5), 1);
  EXPECT_EQ(final_depth(0.5, 0.001), 0U);
  EXPECT_EQ(final_depth(0.0, 0.001), 1U) << "and against nobody at once";
  EXPECT_EQ(reversal_chance(0, 0.1), 1) << "what no block holds can be undone for nothing";
}

}  // namespace
}  // namespace peerlab
