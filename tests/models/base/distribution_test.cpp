#include "models/base/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/pareto.hpp>
#include <boost/math/distributions/uniform.hpp>
#include <cmath>
#include <limits>
#include <vector>

namespace peerlab {
namespace {

constexpr int n = 100000;

struct Moments {
  double mean = 0;
  double variance = 0;
  double fourth = 0;  ///< central
  double least = std::numeric_limits<double>::infinity();
};

std::vector<double> sample(const Distribution& law) {
  Stream stream(11, purpose("distribution test"));
  std::vector<double> xs(n);
  for (double& x : xs) x = law.sample(stream);
  return xs;
}

Moments moments(const std::vector<double>& xs) {
  Moments m;
  for (const double x : xs) {
    m.mean += x / n;
    m.least = std::min(m.least, x);
  }
  for (const double x : xs) {
    m.variance += (x - m.mean) * (x - m.mean) / n;
    m.fourth += std::pow(x - m.mean, 4) / n;
  }
  return m;
}

/// Mean and variance within 3.9 standard errors, and the largest distance of distribution functions (Kolmogorov-Smirnov,
/// 2.2 / sqrt(n) is passed by chance once in 8,000).
template <class Law>
void expect_follows(const Distribution& ours, const Law& law) {
  std::vector<double> xs = sample(ours);
  const Moments m = moments(xs);
  const double variance = boost::math::variance(law);
  EXPECT_NEAR(m.mean, boost::math::mean(law), 3.9 * std::sqrt(variance / n));
  EXPECT_NEAR(m.variance, variance, 3.9 * std::sqrt((m.fourth - m.variance * m.variance) / n));
  EXPECT_NEAR(ours.mean(), boost::math::mean(law), 1e-12 * std::abs(boost::math::mean(law)));
  EXPECT_GE(m.least, ours.lowest());
  std::sort(xs.begin(), xs.end());
  double distance = 0;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    const double f = boost::math::cdf(law, xs[i]);
    distance = std::max({distance, f - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - f});
  }
  EXPECT_LT(distance, 2.2 / std::sqrt(n));
}

TEST(Distribution, AConstantIsWhatItSaysAndDrawsNothing) {
  Stream stream(1, purpose("constant"));
  EXPECT_EQ(Distribution::constant(5e6).sample(stream), 5e6);
  EXPECT_EQ(stream.position(), 0U);
  EXPECT_EQ(Distribution::constant(5e6).mean(), 5e6);
  EXPECT_EQ(Distribution::constant(5e6).lowest(), 5e6);
}

TEST(Distribution, EveryOtherLawDrawsExactlyOneNumber) {
  for (const Distribution& law : {Distribution::uniform(1, 2), Distribution::exponential(3), Distribution::normal(4, 1),
                                  Distribution::lognormal(5, 1), Distribution::pareto(6, 3)}) {
    Stream stream(1, purpose("one draw"));
    for (std::uint64_t i = 1; i <= 100; ++i) {
      (void)law.sample(stream);
      ASSERT_EQ(stream.position(), i);
    }
  }
}

TEST(Distribution, FollowsTheUniformLaw) {
  expect_follows(Distribution::uniform(10e6, 50e6), boost::math::uniform(10e6, 50e6));
}
TEST(Distribution, FollowsTheExponentialLaw) {
  expect_follows(Distribution::exponential(100e6), boost::math::exponential(1 / 100e6));
}
TEST(Distribution, FollowsTheNormalLaw) {
  expect_follows(Distribution::normal(400e3, 100e3), boost::math::normal(400e3, 100e3));
}
TEST(Distribution, FollowsTheLognormalLaw) {
  expect_follows(Distribution::lognormal(2000, 0.5), boost::math::lognormal(std::log(2000.0), 0.5));
}
TEST(Distribution, FollowsTheParetoLaw) { expect_follows(Distribution::pareto(30e6, 7), boost::math::pareto(30e6, 7)); }

TEST(Distribution, HalfOfALognormalLawLiesBelowItsMedian) {
  std::vector<double> xs = sample(Distribution::lognormal(2000, 2));
  const auto below = std::count_if(xs.begin(), xs.end(), [](double x) { return x < 2000; });
  EXPECT_NEAR(static_cast<double>(below), n / 2.0, 3.9 * std::sqrt(n / 4.0));
}

TEST(Distribution, AParetoLawWithAHeavyTailHasNoMean) {
  EXPECT_EQ(Distribution::pareto(1, 1).mean(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(Distribution::pareto(1, 0.5).mean(), std::numeric_limits<double>::infinity());
  EXPECT_EQ(Distribution::pareto(2, 3).mean(), 3);
}

TEST(Distribution, OnlyTheNormalLawHasNoLowestValue) {
  EXPECT_EQ(Distribution::normal(5, 1).lowest(), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(Distribution::exponential(5).lowest(), 0);
  EXPECT_EQ(Distribution::lognormal(5, 1).lowest(), 0);
  EXPECT_EQ(Distribution::pareto(5, 1).lowest(), 5);
  EXPECT_EQ(Distribution::uniform(5, 6).lowest(), 5);
}

}  // namespace
}  // namespace peerlab
