#include "sim/run/judge.h"

#include <gtest/gtest.h>

#include <cmath>

namespace peerlab {
namespace {

using Comparison = Expectation::Comparison;

/// Two systems, three runs each, one metric.
ScenarioResult three_runs(std::vector<double> p2p, std::vector<double> central = {}) {
  ScenarioResult result;
  result.cells = {""};
  result.systems = {"p2p"};
  if (!central.empty()) result.systems.push_back("central");
  for (const auto& [name, values] : {std::pair<std::string, std::vector<double>>{"p2p", p2p},
                                     std::pair<std::string, std::vector<double>>{"central", central}}) {
    for (std::size_t r = 0; r < values.size(); ++r) {
      RunRecord run;
      run.system = name;
      run.replication = static_cast<std::uint32_t>(r);
      run.seed = 100 + r;
      Metric metric;
      metric.metric = "depth";
      metric.stat = "max";
      metric.unit = "blocks";
      metric.n = 1;
      metric.value = values[r];
      if (std::isnan(values[r])) metric.standing = Standing::not_challenged;
      run.metrics.push_back(metric);
      result.runs.push_back(run);
    }
  }
  summarise(result);
  return result;
}

ExpectationVerdict verdict(const ScenarioResult& result, Comparison comparison, double low, double high = 0) {
  Expectation expectation;
  expectation.text = "depth";
  expectation.left.key.metric = "depth";
  expectation.left.key.stat = "max";
  expectation.left.system = "p2p";
  expectation.comparison = comparison;
  expectation.low = low;
  expectation.high = high;
  return judge({expectation}, result).at(0).verdict;
}

TEST(Judge, PassesWhenTheWholeIntervalSatisfies) {
  const ScenarioResult result = three_runs({10.0, 10.1, 9.9});  // Student: 10 +- 0.25
  EXPECT_EQ(verdict(result, Comparison::less, 11), ExpectationVerdict::pass);
  EXPECT_EQ(verdict(result, Comparison::more, 9), ExpectationVerdict::pass);
  EXPECT_EQ(verdict(result, Comparison::within, 9, 11), ExpectationVerdict::pass);
  EXPECT_EQ(verdict(result, Comparison::not_equal, 12), ExpectationVerdict::pass);
}

TEST(Judge, FailsWhenNoneOfTheIntervalSatisfies) {
  const ScenarioResult result = three_runs({10.0, 10.1, 9.9});
  EXPECT_EQ(verdict(result, Comparison::less, 9), ExpectationVerdict::fail);
  EXPECT_EQ(verdict(result, Comparison::at_least, 11), ExpectationVerdict::fail);
  EXPECT_EQ(verdict(result, Comparison::within, 11, 12), ExpectationVerdict::fail);
}

TEST(Judge, IsInconclusiveInBetween) {
  const ScenarioResult result = three_runs({8, 10, 12});
  EXPECT_EQ(verdict(result, Comparison::less, 11), ExpectationVerdict::inconclusive);
  EXPECT_EQ(verdict(result, Comparison::within, 9, 20), ExpectationVerdict::inconclusive);
}

// A mean near zero is not zero: equality is asked of every replication.
TEST(Judge, AsksEqualityOfEveryReplication) {
  EXPECT_EQ(verdict(three_runs({0, 0, 0}), Comparison::equal, 0), ExpectationVerdict::pass);
  EXPECT_EQ(verdict(three_runs({0, 0, 1}), Comparison::equal, 0), ExpectationVerdict::fail);
}

// One hit in twenty trials: 0.9 % to 23.6 % by Wilson's interval, which is shown, and 0.1 % to 24.9 % by the exact binomial one.
TEST(Judge, JudgesSharesByTheExactBinomialInterval) {
  ScenarioResult result = three_runs({0.05});
  Metric& share = result.runs.front().metrics.front();
  share.unit = "share";
  share.hits = 1;
  share.trials = 20;
  summarise(result);
  EXPECT_LT(result.lines.front().summary.ci95_high, 0.237);
  EXPECT_GT(result.lines.front().summary.ci95_low, 0.008);
  EXPECT_EQ(verdict(result, Comparison::less, 0.24), ExpectationVerdict::inconclusive);
  EXPECT_EQ(verdict(result, Comparison::less, 0.25), ExpectationVerdict::pass);
  EXPECT_EQ(verdict(result, Comparison::more, 0.005), ExpectationVerdict::inconclusive);
  EXPECT_EQ(verdict(result, Comparison::more, 0.001), ExpectationVerdict::pass);
}

// `by` asks for a distance: peers that lose just as little as a service do not beat it.
TEST(Judge, AsksForTheMarginOfADifference) {
  Expectation less;
  less.left.key.metric = "depth";
  less.left.key.stat = "max";
  less.left.system = "p2p";
  less.comparison = Comparison::less;
  less.right = less.left;
  less.right->system = "central";
  less.margin = 2;
  const auto verdict_of = [&](std::vector<double> p2p, std::vector<double> central) {
    return judge({less}, three_runs(std::move(p2p), std::move(central))).at(0).verdict;
  };
  EXPECT_EQ(verdict_of({1, 1, 1}, {4, 4, 4}), ExpectationVerdict::pass);
  EXPECT_EQ(verdict_of({1, 1, 1}, {2, 2, 2}), ExpectationVerdict::fail);
  EXPECT_EQ(verdict_of({1, 1, 1}, {1, 1, 1}), ExpectationVerdict::fail);
  EXPECT_EQ(verdict_of({1, 1, 1}, {2, 4, 3}), ExpectationVerdict::inconclusive);
  less.comparison = Comparison::more;
  EXPECT_EQ(verdict_of({4, 4, 4}, {1, 1, 1}), ExpectationVerdict::pass);
  EXPECT_EQ(verdict_of({2, 2, 2}, {1, 1, 1}), ExpectationVerdict::fail);
}

TEST(Judge, SaysNothingFromOneRun) {
  EXPECT_EQ(verdict(three_runs({5}), Comparison::less, 100), ExpectationVerdict::inconclusive);
}

TEST(Judge, SaysNothingWhereNothingThreatened) {
  const double none = std::nan("");
  EXPECT_EQ(verdict(three_runs({none, none, none}), Comparison::less, 100), ExpectationVerdict::inconclusive);
}

TEST(Judge, FailsABoundThatIsNeverReached) {
  const double never = INFINITY;
  EXPECT_EQ(verdict(three_runs({never, never, never, never, never, never}), Comparison::less, 100),
            ExpectationVerdict::fail);
}

JudgedExpectation compared(std::vector<double> p2p, std::vector<double> central) {
  Expectation expectation;
  expectation.text = "depth@p2p < depth@central";
  expectation.left.key.metric = "depth";
  expectation.left.key.stat = "max";
  expectation.left.key.unit = "s";
  expectation.left.system = "p2p";
  expectation.right = expectation.left;
  expectation.right->system = "central";
  expectation.comparison = Comparison::less;
  return judge({expectation}, three_runs(std::move(p2p), std::move(central))).at(0);
}

TEST(Judge, ComparesTwoSystemsOnPairedDifferences) {
  // far apart between runs, close within a pair
  EXPECT_EQ(compared({10, 20, 30}, {11, 21.1, 30.9}).verdict, ExpectationVerdict::pass);
}

// Once, pairs in which a run said never were left out here and counted by `compare`, so that the two could contradict each other.
TEST(Judge, CountsThePairsInWhichARunSaysNever) {
  const double never = INFINITY;
  const std::vector<double> finite(8, 2.0);
  const JudgedExpectation worse = compared({never, never, 1, 1, never, 1, never, never}, finite);
  EXPECT_EQ(worse.verdict, ExpectationVerdict::inconclusive) << "three lucky runs do not make it faster";
  const JudgedExpectation better = compared(finite, {never, never, 3, 4, never, 5, never, never});
  EXPECT_EQ(better.verdict, ExpectationVerdict::pass);
  EXPECT_EQ(better.explanation, "median difference never in the second [-unbounded, -1.00 s], paired over 8 runs");
  EXPECT_EQ(compared(std::vector<double>(8, never), std::vector<double>(8, never)).verdict, ExpectationVerdict::fail)
      << "neither is less than the other";
}

}  // namespace
}  // namespace peerlab
