#include "analysis/report/comparison.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

// One system with one figure, a run per value; seeds count up from `seed`.
ScenarioResult of_values(const std::string& system, std::uint64_t seed, const std::vector<double>& values,
                         const std::string& unit = "s") {
  ScenarioResult result;
  result.scenario = "x";
  result.systems = {system};
  result.cells = {""};
  for (std::size_t i = 0; i < values.size(); ++i) {
    RunRecord run;
    run.system = system;
    run.replication = static_cast<std::uint32_t>(i);
    run.seed = seed + i;
    run.metrics = {example_metric("wait", "p50", values[i], unit, 10)};
    result.runs.push_back(run);
  }
  summarise(result);
  return result;
}

Comparison only(const ScenarioResult& a, const ScenarioResult& b) {
  const std::vector<Comparison> all = compare({&a, a.systems.front(), "before"}, {&b, b.systems.front(), "after"});
  EXPECT_EQ(all.size(), 1U);
  return all.at(0);
}

TEST(Comparison, FindsAConstantDifferenceThatEitherIntervalHides) {
  // The runs vary by tens of seconds, the difference by hundredths: only pairing shows it.
  const ScenarioResult a = of_values("p2p", 1, {10, 40, 25, 70});
  const ScenarioResult b = of_values("p2p", 1, {9.01, 38.99, 24.02, 68.98});
  const Comparison c = only(a, b);
  ASSERT_EQ(c.differences.size(), 1U);
  const Difference& d = c.differences[0];
  EXPECT_NEAR(d.summary.value, 1.0, 1e-9);
  EXPECT_GT(d.summary.ci95_low, 0.9);
  EXPECT_TRUE(d.clear);
  EXPECT_LT(d.first.summary.ci95_low, d.second.summary.ci95_high) << "the single intervals overlap widely";
  EXPECT_EQ(difference_in_words(d), "+1.00 s [0.97, 1.03]");
}

TEST(Comparison, PairsBySeedAndNotByPlace) {
  ScenarioResult a = of_values("p2p", 1, {1, 2, 3, 4});
  const ScenarioResult b = of_values("p2p", 3, {3, 4, 5, 6});  // seeds 3 to 6: two in common
  const Comparison c = only(a, b);
  EXPECT_EQ(c.pairs, 2U);
  EXPECT_EQ(c.differences[0].summary.n, 2U);
  EXPECT_EQ(c.differences[0].summary.value, 0.0);
  EXPECT_FALSE(c.differences[0].clear);
  EXPECT_NE(print_comparison({c}, {}).find("4 of the 8 runs have no partner"), std::string::npos)
      << print_comparison({c}, {});
}

TEST(Comparison, OfNoCommonSeedHasNoFigures) {
  const Comparison c = only(of_values("p2p", 1, {1, 2}), of_values("p2p", 100, {1, 2}));
  EXPECT_EQ(c.pairs, 0U);
  EXPECT_TRUE(c.differences.empty());
}

TEST(Comparison, OfOnePairIsNeverClear) {
  const Comparison c = only(of_values("p2p", 1, {5}), of_values("p2p", 1, {1}));
  EXPECT_FALSE(c.differences[0].clear);
  EXPECT_EQ(difference_in_words(c.differences[0]), "+4.00 s");
}

TEST(Comparison, TakesTheMedianWhereARunSaysNever) {
  // A mean of infinities says nothing; that the first never ended in most of eight runs does.
  const std::vector<double> finite(8, 2.0);
  const Comparison c =
      only(of_values("p2p", 1, {never, never, 3, 4, never, 5, never, never}), of_values("x", 1, finite));
  const Difference& d = c.differences[0];
  EXPECT_EQ(d.summary.how, Summary::How::median);
  EXPECT_EQ(d.summary.value, never);
  EXPECT_EQ(d.summary.ci95_low, 1.0);
  EXPECT_TRUE(d.clear);
  EXPECT_EQ(difference_in_words(d), "never in the first [1.00 s, unbounded]");
  const Comparison both = only(of_values("p2p", 1, {never, never}), of_values("p2p", 1, {never, never}));
  EXPECT_EQ(both.differences[0].summary.value, 0) << "never against never differs by nothing";
  EXPECT_FALSE(both.differences[0].clear);
}

TEST(Comparison, CountsACensoredRunAsNever) {
  ScenarioResult a = of_values("p2p", 1, {10, 10});
  a.runs[0].metrics[0].censored = true;
  summarise(a);
  const Comparison c = only(a, of_values("p2p", 1, {1, 1}));
  EXPECT_EQ(c.differences[0].summary.how, Summary::How::median);
}

TEST(Comparison, OfSharesIsInPercentagePoints) {
  const Comparison c = only(of_values("p2p", 1, {0.50, 0.51}, "share"), of_values("p2p", 1, {0.40, 0.41}, "share"));
  EXPECT_TRUE(difference_in_words(c.differences[0]).starts_with("+10.0 points"))
      << difference_in_words(c.differences[0]);
}

TEST(Comparison, FitsItsWidthAndMarksWhatIsClear) {
  const ScenarioResult result = example_result();
  const std::vector<Comparison> all = compare({&result, "p2p", "p2p"}, {&result, "central", "central"});
  for (const std::size_t width : {60U, 80U, 120U}) {
    std::istringstream lines(print_comparison(all, {width, false, true}));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), width) << line;
  }
  const std::string text = print_comparison(all, {80, false, true});
  EXPECT_NE(text.find("p2p against central"), std::string::npos);
  EXPECT_NE(text.find("figures differ"), std::string::npos) << text;
  EXPECT_EQ(text.find("agreement(0)"), std::string::npos) << "one copy has no agreement to compare";
  EXPECT_TRUE(differ_clearly(result, "", "messages", "count", "p2p", "central"));
  EXPECT_FALSE(differ_clearly(result, "", "messages", "count", "p2p", "p2p"));
  EXPECT_FALSE(differ_clearly(result, "", "agreement(0)", "mean", "p2p", "central"));
}

TEST(Comparison, IsWrittenForDocumentsAndPrograms) {
  const ScenarioResult result = example_result();
  const std::vector<Comparison> all = compare({&result, "p2p", "a|b"}, {&result, "central", "central"});
  const std::string markdown = markdown_comparison(all);
  EXPECT_NE(markdown.find("| figure | a\\|b | central | difference | |\n|---|---|---|---|---|\n"), std::string::npos)
      << markdown;
  EXPECT_NE(markdown.find("| differs |"), std::string::npos);
  const std::string json = comparison_json(all, "0.1.0");
  EXPECT_NE(json.find("\"clear\": true"), std::string::npos);
  EXPECT_NE(json.find("\"metric\": \"replicated(100)\""), std::string::npos);
}

}  // namespace
}  // namespace peerlab
