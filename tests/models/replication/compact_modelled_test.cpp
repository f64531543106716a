#include "models/replication/compact_modelled.h"

#include <gtest/gtest.h>

#include <cmath>

namespace peerlab {
namespace {

TEST(ModelledCompact, QuantilesOfWhatIsMissingAreTheMeasuredOnes) {
  EXPECT_DOUBLE_EQ(churn_missing_quantile(0.25), 0.01);
  EXPECT_NEAR(churn_missing_quantile(0.50), 0.01, 1e-12);
  EXPECT_NEAR(churn_missing_quantile(0.75), 0.06, 1e-12);
  EXPECT_NEAR(churn_missing_quantile(0.90), 0.28, 1e-12);
  EXPECT_NEAR(churn_missing_quantile(0.95), 0.49, 1e-12);
  EXPECT_NEAR(churn_missing_quantile(0.99), 0.87, 1e-12);
}

TEST(ModelledCompact, TheMeanOfWhatIsMissingIsTheMeasuredOne) {
  double sum = 0;
  constexpr int n = 100'000;
  for (int i = 0; i < n; ++i) sum += churn_missing_quantile((i + 0.5) / n);
  EXPECT_NEAR(sum / n, 0.087, 0.002);
}

TEST(ModelledCompact, FailuresAreAsFrequentAsMeasured) {
  Stream chance(1, purpose("modelled test"), 0);
  constexpr int n = 40'000;
  int control = 0, churn = 0;
  for (int i = 0; i < n; ++i) {
    const std::uint16_t missing = draw_missing(chance, false);
    if (missing != 0) {
      ++control;
      EXPECT_EQ(missing, 655);  // one percent in 1/65535
    }
    churn += draw_missing(chance, true) != 0 ? 1 : 0;
  }
  const auto sd = [](double p) { return std::sqrt(p * (1 - p) * n); };
  EXPECT_NEAR(control, 0.13 * n, 3.9 * sd(0.13));
  EXPECT_NEAR(churn, 0.27 * n, 3.9 * sd(0.27));
}

TEST(ModelledCompact, ClassesAreAFunctionOfSeedAndNode) {
  constexpr std::uint32_t n = 20'000;
  int compact = 0, churn = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const CompactClass c = compact_class(3, NodeId(i), 0.964, 0.976);
    const CompactClass again = compact_class(3, NodeId(i), 0.964, 0.976);
    EXPECT_EQ(c.compact, again.compact);
    EXPECT_EQ(c.churn, again.churn);
    compact += c.compact ? 1 : 0;
    churn += c.churn ? 1 : 0;
  }
  EXPECT_NEAR(compact, 0.964 * n, 3.9 * std::sqrt(0.964 * 0.036 * n));
  EXPECT_NEAR(churn, 0.976 * n, 3.9 * std::sqrt(0.976 * 0.024 * n));
}

}  // namespace
}  // namespace peerlab
