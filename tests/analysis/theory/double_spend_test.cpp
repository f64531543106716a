// The double spend against the whitepaper, a published table of the exact law, and a walk that is followed step by step.
#include "analysis/theory/double_spend.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analysis/theory/incomplete_beta.h"
#include "tests/support/published.h"

namespace peerlab {
namespace {

/// The race itself: the attacker finds m blocks while the honest find z (negative binomial), then catches up from z - m behind
/// with probability (q/p)^(z - m) (Rosenfeld 2014, section 4). Summed until nothing is left.
double race(double q, int z) {
  const double p = 1 - q;
  double finds = std::pow(p, z);  // P(m = 0)
  double wins = 0;
  double caught_up = 1;
  for (int m = 0; m < z; ++m) {
    wins += finds * std::pow(q / p, z - m);
    caught_up -= finds;
    finds *= q * (z + m) / (m + 1);
  }
  return wins + caught_up;
}

TEST(DoubleSpend, IsTheRaceSummedToConvergence) {
  for (const double q : {0.05, 0.1, 0.25, 0.3, 0.45, 0.49}) {
    for (const int z : {1, 2, 3, 6, 10, 20}) EXPECT_NEAR(double_spend(q, z), race(q, z), 1e-11) << q << " " << z;
  }
}

TEST(DoubleSpend, HasThePublishedValuesDownToTheSmallest) {
  for (const auto& row : test::published("double_spend_exact")) {
    const double exact = row.number("P_exact");
    const double q = row.number("q");
    const auto z = static_cast<std::uint64_t>(row.number("z"));
    EXPECT_NEAR(double_spend(q, z) / exact, 1, 1e-8) << q << " " << z;
  }
}

TEST(DoubleSpend, ApproximatesAsTheWhitepaperPrints) {
  // Nakamoto 2008, section 11: seven decimals are printed.
  for (const auto& row : test::published("nakamoto2008_sec11_published")) {
    const auto z = static_cast<std::uint64_t>(row.number("z"));
    EXPECT_NEAR(double_spend_2008(row.number("q"), z), row.number("P"), 0.5001e-7) << row.text("q") << " " << z;
  }
  EXPECT_NEAR(double_spend_2008(0.3, 6), 0.1321, 5e-5);
  EXPECT_NEAR(double_spend(0.3, 6), 0.1564, 5e-5) << "the approximation is too small";
}

TEST(DoubleSpend, AsksForThePublishedDepths) {
  // Nakamoto 2008, section 11, "Solving for P less than 0.1%", and the exact law's answers.
  for (const auto& row : test::published("nakamoto2008_sec11_minz")) {
    const double q = row.number("q");
    EXPECT_EQ(double_spend_depth_2008(q, 0.001), static_cast<std::uint64_t>(row.number("z_published"))) << q;
    EXPECT_EQ(double_spend_depth(q, 0.001), static_cast<std::uint64_t>(row.number("z_exact"))) << q;
  }
  EXPECT_EQ(double_spend_depth(0, 0.001), 1U);
}

TEST(DoubleSpend, IsCertainWithoutWaitingAndFromHalfOn) {
  EXPECT_EQ(double_spend(0.1, 0), 1);
  EXPECT_EQ(double_spend(0.5, 100), 1);
  EXPECT_EQ(double_spend_2008(0.7, 100), 1);
  EXPECT_EQ(double_spend(0, 1), 0);
}

TEST(IncompleteBeta, HasTheClosedFormsOfWholeArguments) {
  for (const double x : {0.001, 0.2, 0.5, 0.9, 0.999}) {
    EXPECT_NEAR(incomplete_beta(7, 1, x, 1 - x), std::pow(x, 7), 1e-13);
    EXPECT_NEAR(incomplete_beta(1, 5, x, 1 - x), 1 - std::pow(1 - x, 5), 1e-13);
    double tail = 0;  // I_x(a, n - a + 1) is the chance of a or more of n (DLMF 8.17.5)
    for (int i = 4; i <= 10; ++i) tail += std::exp(log_choose(10, i)) * std::pow(x, i) * std::pow(1 - x, 10 - i);
    EXPECT_NEAR(incomplete_beta(4, 7, x, 1 - x), tail, 1e-12);
  }
  EXPECT_EQ(incomplete_beta(2, 3, 0, 1), 0);
  EXPECT_EQ(incomplete_beta(2, 3, 1, 0), 1);
}

}  // namespace
}  // namespace peerlab
