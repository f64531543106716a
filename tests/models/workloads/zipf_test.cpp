#include "models/workloads/zipf.h"

#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <vector>

namespace peerlab {
namespace {

/// Probability that a right sampler fits the exact law no better than this one does. Ranks with few expected draws share
/// a cell.
double fit(std::uint64_t n, double s) {
  constexpr int draws = 50000;
  Stream random(1, purpose("zipf test"), static_cast<std::uint32_t>(n));
  std::vector<double> count(n + 1);
  for (int i = 0; i < draws; ++i) {
    const std::uint64_t rank = zipf(random, n, s);
    EXPECT_GE(rank, 1U);
    EXPECT_LE(rank, n);
    ++count[rank];
  }
  double norm = 0;
  for (std::uint64_t k = n; k > 0; --k) norm += std::pow(static_cast<double>(k), -s);
  double statistic = 0;
  int cells = 0;
  double expected = 0;
  double seen = 0;
  for (std::uint64_t k = 1; k <= n; ++k) {
    expected += draws * std::pow(static_cast<double>(k), -s) / norm;
    seen += count[k];
    if (expected < 20 && k < n) continue;
    if (expected > 0) statistic += (seen - expected) * (seen - expected) / expected;
    ++cells;
    expected = seen = 0;
  }
  if (cells < 2) return 1;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(cells - 1), statistic));
}

TEST(Zipf, FollowsTheExactLawForManySizesAndExponents) {
  for (const double s : {0.0, 0.5, 0.99, 1.0, 1.0001, 1.5, 3.0}) {
    for (const std::uint64_t n : {2ULL, 3ULL, 10ULL, 1000ULL, 20000ULL}) EXPECT_GT(fit(n, s), 1e-4) << n << " " << s;
  }
}

TEST(Zipf, OneRecordIsAlwaysTheFirst) {
  Stream random(1, purpose("zipf test"));
  EXPECT_EQ(zipf(random, 1, 0.99), 1U);
  EXPECT_EQ(random.position(), 0U);
}

TEST(Zipf, TakesFewDrawsWhateverTheSize) {
  for (const std::uint64_t n : {10ULL, 1000000ULL, 1000000000000ULL}) {
    Stream random(2, purpose("zipf test"));
    for (int i = 0; i < 10000; ++i) (void)zipf(random, n, 0.99);
    EXPECT_LT(random.position(), 13000U) << n;
  }
}

TEST(ZipfDeathTest, NothingToChooseFromIsOurFault) {
  Stream random;
  EXPECT_EXIT((void)zipf(random, 0, 1), testing::ExitedWithCode(70), "n > 0");
}

}  // namespace
}  // namespace peerlab
