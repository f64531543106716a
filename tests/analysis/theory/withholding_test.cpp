// The best withholding policy against the published revenues, a law known exactly, and a naive solver of its own.
#include "analysis/theory/withholding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "analysis/theory/selfish_mining.h"

namespace peerlab {
namespace {

using State = std::tuple<int, int, int>;  // private blocks, public blocks, 0 irrelevant / 1 relevant / 2 active

/// The same process, told again and solved the slow way: value iteration for a fixed price of blocks, and bisection on the price
/// until the best the attacker can do is nothing (Sapirshtein et al. 2016, section 4.2).
class SlowSolver {
 public:
  SlowSolver(double alpha, double gamma, int longest) : alpha_(alpha), gamma_(gamma), longest_(longest) {}

  double revenue() {
    double low = 0;
    double high = 1;
    while (high - low > 1e-7) {
      const double price = (low + high) / 2;
      (gain(price) > 0 ? low : high) = price;
    }
    return low;
  }

 private:
  double at(int a, int h, int fork) const { return value_.at({a, h, fork}); }

  double best(const State& state, double price) const {
    const auto [a, h, fork] = state;
    const double lost = price;
    const double won = 1 - price;
    const double b = 1 - alpha_;
    double most = -lost * h + alpha_ * at(1, 0, 0) + b * at(0, 1, 0);  // adopt
    if (a > h) most = std::max(most, won * (h + 1) + alpha_ * at(a - h, 0, 0) + b * at(a - h - 1, 1, 1));
    if (a == longest_ || h == longest_) return most;
    if (fork != 2) most = std::max(most, alpha_ * at(a + 1, h, 0) + b * at(a, h + 1, 1));
    const bool compete = a >= h && ((fork == 1 && h > 0) || fork == 2);
    if (compete) {
      most = std::max(most, alpha_ * at(a + 1, h, 2) + b * gamma_ * (won * h + at(a - h, 1, 1)) +
                                b * (1 - gamma_) * at(a, h + 1, 1));
    }
    return most;
  }

  /// The long-run gain per block, from the change of the values; a lazy step keeps it from oscillating.
  double gain(double price) {
    value_.clear();
    for (int a = 0; a <= longest_; ++a)
      for (int h = 0; h <= longest_; ++h)
        for (int fork = 0; fork < 3; ++fork) value_[{a, h, fork}] = 0;
    double low = -1;
    double high = 1;
    for (int round = 0; round < 5000 && high - low > 1e-9; ++round) {
      std::map<State, double> next;
      low = 1e9;
      high = -1e9;
      for (const auto& [state, old] : value_) {
        const double v = (best(state, price) + old) / 2;
        low = std::min(low, v - old);
        high = std::max(high, v - old);
        next[state] = v;
      }
      value_.swap(next);
      if (low > 0 || high < 0) break;  // the sign is certain
    }
    return low + high;
  }

  double alpha_;
  double gamma_;
  int longest_;
  std::map<State, double> value_;
};

TEST(Withholding, FindsWhatTheSlowSolverFinds) {
  for (const auto& [alpha, gamma] :
       {std::pair{0.35, 0.0}, std::pair{0.45, 0.0}, std::pair{0.3, 0.5}, std::pair{0.4, 0.9}})
    EXPECT_NEAR(optimal_withholding(alpha, gamma, 5).revenue, SlowSolver(alpha, gamma, 5).revenue(), 1e-6)
        << alpha << " " << gamma;
}

TEST(Withholding, EarnsThePublishedRevenueAtGammaZero) {
  // Sapirshtein, Sompolinsky & Zohar 2016, the table of optimal revenues at gamma 0; five digits are printed, epsilon 1e-5.
  EXPECT_NEAR(optimal_withholding(1.0 / 3, 0, 75).revenue, 0.33705, 1e-5);
  EXPECT_NEAR(optimal_withholding(0.375, 0, 75).revenue, 0.42600, 1e-5);
}

TEST(Withholding, LiesBetweenSm1AndThePublishedUpperBound) {
  struct Row {
    double alpha, optimal, bound;
  };
  for (const Row& row : {Row{1.0 / 3, 0.33705, 0.33707}, Row{0.35, 0.37077, 0.37079}, Row{0.375, 0.42600, 0.42604},
                         Row{0.4, 0.48866, 0.48904}, Row{0.425, 0.56808, 0.57226}, Row{0.45, 0.66891, 0.70109},
                         Row{0.475, 0.80172, 0.90476}}) {
    const double found = optimal_withholding(row.alpha, 0, 30).revenue;
    EXPECT_LE(found, row.bound) << row.alpha;
    EXPECT_LE(found, row.optimal + 1e-5) << "shorter branches than theirs cannot earn more";
    EXPECT_GE(found, optimal_withholding(row.alpha, 0, 15).revenue) << "longer branches never earn less";
    if (row.alpha < 0.42) {
      EXPECT_GT(found, selfish_mining(row.alpha, 0).revenue) << row.alpha;
    }
  }
}

TEST(Withholding, EarnsAlphaOverTheRestWhenEverybodyFollowsTheAttacker) {
  // At gamma 1 each of his blocks voids one of the others': alpha / (1 - alpha), the bound for every gamma.
  for (const double alpha : {0.1, 0.25, 0.4})
    EXPECT_NEAR(optimal_withholding(alpha, 1, 30).revenue, alpha / (1 - alpha), 1e-4) << alpha;
}

TEST(Withholding, IsHonestWhereItDoesNotPay) {
  for (const double alpha : {0.0, 0.1, 0.3}) {
    const WithholdingPolicy best = optimal_withholding(alpha, 0, 20);
    EXPECT_NEAR(best.revenue, alpha, 1e-12);
    EXPECT_NEAR(best.growth, 1, 1e-12) << "no block is stale";
  }
}

}  // namespace
}  // namespace peerlab
