#include <gtest/gtest.h>

#include <bit>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>

#include "models/base/random.h"

namespace peerlab {
namespace {

// Boost.Math in extended precision; a lower tail is computed from p itself, so that it keeps its digits.
double reference(double p) {
  const long double root2 = std::sqrt(2.0L);
  return static_cast<double>(-root2 * boost::math::erfc_inv(2 * static_cast<long double>(p)));
}

double relative(double got, double want) { return std::abs(got - want) / std::max(std::abs(want), 1e-300); }

TEST(NormalQuantile, AgreesWithBoostInTheMiddle) {
  Stream random(1, purpose("quantile test"));
  double worst = 0;
  for (int i = 0; i < 20000; ++i) {
    const double p = 0.075 + 0.85 * random.uniform();
    worst = std::max(worst, relative(normal_quantile(p), reference(p)));
  }
  EXPECT_LT(worst, 1e-14);
}

TEST(NormalQuantile, AgreesWithBoostInTheTails) {
  Stream random(2, purpose("quantile test"));
  double worst = 0;
  for (int i = 0; i < 20000; ++i) {
    const double p = 0.075 * std::exp(-35 * random.uniform());  // both sides of exp(-25), where the formula changes
    worst = std::max(worst, relative(normal_quantile(p), reference(p)));
  }
  for (int i = 0; i < 20000; ++i) {
    const double p = 0.5 * std::exp(-700 * random.uniform());
    worst = std::max(worst, relative(normal_quantile(p), reference(p)));
  }
  EXPECT_LT(worst, 1e-14);
}

TEST(NormalQuantile, IsPreciseWhereItsFormulasMeet) {
  for (const double seam : {0.075, 0.925, std::exp(-25.0)}) {
    for (int steps = -50; steps <= 50; ++steps) {
      const double p = seam * (1 + steps * 1e-10);
      EXPECT_LT(relative(normal_quantile(p), reference(p)), 2e-14) << p;
    }
  }
}

TEST(NormalQuantile, IsSymmetricAndZeroInTheMiddle) {
  EXPECT_EQ(normal_quantile(0.5), 0);
  for (const double p : {0x1p-2, 0x1p-5, 0x1p-10, 0x1p-40}) EXPECT_EQ(normal_quantile(p), -normal_quantile(1 - p)) << p;
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
}

TEST(NormalQuantile, ReturnsThePinnedBits) {
  const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
  EXPECT_EQ(bits(normal_quantile(0.3)), 0xbfe0c7e39582c5faULL);
  EXPECT_EQ(bits(normal_quantile(0.01)), 0xc0029c5c4630ff0eULL);
  EXPECT_EQ(bits(normal_quantile(1e-12)), 0xc01c234fba57a32aULL);
}

TEST(NormalQuantileDeathTest, HasNoValueAtTheEnds) {
  EXPECT_EXIT((void)normal_quantile(0), testing::ExitedWithCode(70), "p > 0.0");
  EXPECT_EXIT((void)normal_quantile(1), testing::ExitedWithCode(70), "p < 1.0");
}

}  // namespace
}  // namespace peerlab
