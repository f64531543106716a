// Intervals with known truth: how often they cover it. 1,000 repeats; 95 % intervals cover it in 93 to 97 % of them.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/statistics/summary.h"
#include "models/base/random.h"

namespace peerlab {
namespace {

constexpr int repeats = 1000;

// The share of repeats in which `interval(random)` covers `truth`.
template <class F>
double coverage(std::string_view name, double truth, F&& interval) {
  int covered = 0;
  for (std::uint32_t r = 0; r < repeats; ++r) {
    Stream random(2024, purpose(name), r);
    const Interval i = interval(random);
    covered += i.low <= truth && truth <= i.high;
  }
  return static_cast<double>(covered) / repeats;
}

double band(double level) { return std::min(0.02, 3.9 * std::sqrt(level * (1 - level) / repeats)); }

std::uint64_t binomial(Stream& random, std::uint64_t n, double p) {
  std::uint64_t hits = 0;
  for (std::uint64_t i = 0; i < n; ++i) hits += random.chance(p) ? 1 : 0;
  return hits;
}

TEST(Coverage, OfStudentsIntervalIsItsLevelForNormalValues) {
  const double c = coverage("student", 5, [](Stream& random) {
    std::vector<double> values;
    for (int i = 0; i < 5; ++i) values.push_back(5 + 3 * random.normal());
    return student(values);
  });
  EXPECT_NEAR(c, 0.95, band(0.95));
}

// The exact coverage of Wilson's interval at n = 50, p = .2 is the sum of the binomial probabilities of the k it covers.
TEST(Coverage, OfWilsonsIntervalIsWhatTheBinomialLawSays) {
  const std::uint64_t n = 50;
  const double p = 0.2;
  double exact = 0;
  double probability = std::pow(1 - p, static_cast<double>(n));
  for (std::uint64_t k = 0; k <= n; ++k) {
    const Interval i = wilson(k, n);
    if (i.low <= p && p <= i.high) exact += probability;
    probability *= static_cast<double>(n - k) / static_cast<double>(k + 1) * p / (1 - p);
  }
  EXPECT_GT(exact, 0.93);
  const double c = coverage("wilson", p, [&](Stream& random) { return wilson(binomial(random, n, p), n); });
  EXPECT_NEAR(c, exact, band(exact));
}

TEST(Coverage, OfTheExactIntervalIsNeverBelowItsLevel) {
  for (const double p : {0.01, 0.1, 0.5, 0.93}) {
    for (const std::uint64_t n : {1U, 7U, 40U}) {
      double covered = 0;
      double probability = std::pow(1 - p, static_cast<double>(n));
      for (std::uint64_t k = 0; k <= n; ++k) {
        const Interval i = exact_share(k, n);
        if (i.low <= p && p <= i.high) covered += probability;
        probability *= static_cast<double>(n - k) / static_cast<double>(k + 1) * p / (1 - p);
      }
      EXPECT_GE(covered, 0.95) << p << " " << n;
    }
  }
}

TEST(Coverage, OfTheMediansIntervalHoldsForSkewedValuesAndForNever) {
  // Three values of ten are infinite, so the median of all is the 5/7-quantile of the exponential ones.
  const double truth = -std::log(1 - 0.5 / 0.7);
  const double c = coverage("median", truth, [](Stream& random) {
    std::vector<double> values;
    for (int i = 0; i < 15; ++i) {
      const bool finite = random.chance(0.7);
      const double x = random.exponential();
      values.push_back(finite ? x : std::numeric_limits<double>::infinity());
    }
    return of_quantile(values, 0.5);
  });
  // Order statistics come in steps: with 15 values the next narrower interval would cover 88 %.
  EXPECT_GE(c, 0.95 - band(0.95));
  EXPECT_LE(c, 0.98);
}

TEST(Coverage, OfPairedDifferencesIsTheirLevel) {
  const double c = coverage("paired", 2, [](Stream& random) {
    std::vector<double> a;
    std::vector<double> b;
    for (int i = 0; i < 8; ++i) {
      const double common = 50 * random.normal();
      const double ea = random.normal();
      const double eb = random.normal();
      a.push_back(common + ea + 2);
      b.push_back(common + eb);
    }
    return of_difference(a, b);
  });
  EXPECT_NEAR(c, 0.95, band(0.95));
}

// All records of a run share one fate with probability 1/2: pooled trials alone would be far too sure.
TEST(Coverage, OfPooledSharesSurvivesTrialsThatHangTogether) {
  const auto runs_of = [](Stream& random) {
    std::vector<Share> runs;
    for (int r = 0; r < 10; ++r) {
      const double p = random.chance(0.5) ? 0.3 : 0.5;
      runs.push_back({binomial(random, 200, p), 200});
    }
    return runs;
  };
  const double ours = coverage("pooled", 0.4, [&](Stream& random) {
    const Summary s = summarise_shares(runs_of(random));
    return Interval{s.ci95_low, s.ci95_high};
  });
  const double naive = coverage("pooled", 0.4, [&](Stream& random) {
    Share all;
    for (const Share& run : runs_of(random)) {
      all.hits += run.hits;
      all.trials += run.trials;
    }
    return wilson(all.hits, all.trials);
  });
  EXPECT_GE(ours, 0.95 - band(0.95));
  EXPECT_LT(naive, 0.75) << "otherwise this test tests nothing";
}

}  // namespace
}  // namespace peerlab
