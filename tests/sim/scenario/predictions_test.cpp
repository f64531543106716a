// `compare_with:` and `validation:`: what a figure should be, by a law whose inputs are values of the scenario.
#include <gtest/gtest.h>

#include "sim/scenario/resolved.h"
#include "sim/scenario/value_at.h"
#include "tests/sim/scenario/small_schema.h"

namespace peerlab {
namespace {

using test::head;
using test::problems_of;
using test::read;

Scenario good(const std::string& text, const ReadOptions& options = {}) {
  ReadResult result = read(text, options);
  EXPECT_TRUE(result.scenario) << format_problems(result.problems) << text;
  return result.scenario ? std::move(*result.scenario) : Scenario{};
}

const std::string stale =
    "compare_with: [{metric: stale.per_mined, law: constant-delay, gives: stale.per_mined, inputs: {delay: 10 s, "
    "interval: systems.p2p.block_interval}}]\n";

TEST(Predictions, TakeInputsFromValuesAndFromPathsOfTheScenario) {
  const Scenario s = good(head + stale);
  ASSERT_EQ(s.predictions.size(), 1U);
  EXPECT_NEAR(s.predictions[0].value, (10.0 / 600) / (1 + 10.0 / 600), 1e-12) << "the default interval is 10 min";
  EXPECT_EQ(s.predictions[0].inputs, "delay = 10 s, interval = 10 min");
  EXPECT_FALSE(s.predictions[0].source.empty());
  EXPECT_FALSE(s.predictions[0].band.has_value());
}

TEST(Predictions, OfACellTakeTheCellsValues) {
  const Scenario s = good(head + stale + "sweep: {grid: {systems.p2p.block_interval: [10 s, 20 s]}}\n");
  ASSERT_EQ(s.cells.size(), 2U);
  EXPECT_NEAR(s.cells[0].scenario.predictions.at(0).value, 0.5, 1e-12);
  EXPECT_NEAR(s.cells[1].scenario.predictions.at(0).value, 1.0 / 3, 1e-12);
}

TEST(Predictions, MayNameTheFieldOfTheMetricsSystem) {
  const Scenario s = good(
      "schema: 1\nsystems: {a: {protocol: chain}, b: {protocol: chain, block_interval: 10 s}}\ncompare_with: [{metric: "
      "stale.per_mined@b, law: constant-delay, gives: stale.per_mined, inputs: {interval: "
      "protocol.block_interval}}]\n");
  EXPECT_NEAR(s.predictions.at(0).value, 0.5, 1e-12);
}

TEST(Predictions, MayBePublishedFiguresWithAnErrorAndABand) {
  const Scenario s =
      good(head +
           "compare_with: [{metric: propagation.p50, value: 8 s, error: 100 ms, source: Somebody, within: "
           "25 % of the value, differs: Links were slower.}]\n");
  const Prediction& p = s.predictions.at(0);
  EXPECT_DOUBLE_EQ(p.value, 8);
  EXPECT_DOUBLE_EQ(p.error, 0.1);
  EXPECT_DOUBLE_EQ(p.band.value_or(0), 2);
  EXPECT_EQ(p.source, "Somebody");
  EXPECT_EQ(p.differs, "Links were slower.");
}

TEST(Predictions, MakeTheirMetricMeasured) {
  const Scenario s = good(head + "measure: [agreement]\n" + stale);
  EXPECT_EQ(s.measure.size(), 2U);
}

TEST(Predictions, ReadBackAsTheyWerePrinted) {
  const std::string resolved =
      print_resolved(good(head + "validation: {item: V2, compares: Forks.}\n" + stale), WithOrigins::no);
  EXPECT_EQ(print_resolved(good(resolved), WithOrigins::no), resolved);
  EXPECT_NE(resolved.find("systems.p2p.block_interval}"), std::string::npos) << resolved;
}

struct Refusal {
  std::string line;
  std::string says;
};

TEST(Predictions, AreRefusedWithASentenceAndASuggestion) {
  const Refusal all[] = {
      {"{metric: stale.per_mined, law: constant-dely}", "Did you mean `constant-delay`?"},
      {"{metric: stale.per_mind, law: constant-delay}", "There is no metric"},
      {"{metric: stale.per_mined, law: constant-delay, gives: stale}", "gives no `stale`"},
      {"{metric: stale.per_mined, law: constant-delay, gives: x}", "cannot be compared"},
      {"{metric: stale.per_mined, law: constant-delay, gives: fork, inputs: {dlay: 1 s}}", "takes no `dlay`"},
      {"{metric: stale.per_mined, law: constant-delay, gives: fork, inputs: {delay: 10}}", "`delay`: "},
      {"{metric: stale.per_mined, law: constant-delay, gives: fork, inputs: {interval: systems.p2p.block_intervall}}",
       "Did you mean `systems.p2p.block_interval`?"},
      {"{metric: stale.per_mined, law: constant-delay, gives: fork, inputs: [1]}", "`inputs` is a map"},
      {"{metric: stale.per_mined}", "one of the two"},
      {"{metric: stale.per_mined, law: constant-delay, value: 1 %}", "one of the two"},
      {"{law: constant-delay}", "names no `metric`"},
      {"{metric: stale.per_mined, value: 1 s, source: X}", "`value`: "},
      {"{metric: stale.per_mined, value: 1 %}", "has a `source`"},
      {"{metric: stale.per_mined, value: 1 %, source: X, within: 1 s}", "`within`: "},
      {"{metric: stale.per_mined, value: 1 %, source: X, band: 1 %}", "There is no key `band`"},
      {"stale.per_mined", "is a map"},
  };
  for (const Refusal& one : all) {
    const std::string told = problems_of(head + "compare_with: [" + one.line + "]\n");
    EXPECT_NE(told.find(one.says), std::string::npos) << one.line << "\n" << told;
    EXPECT_NE(told.find("test.yaml:3:"), std::string::npos) << told;
  }
}

TEST(Validations, NameTheirItemAndCompareSomething) {
  EXPECT_EQ(good(head + "validation: {item: V2, compares: Forks., source: X, tolerance: Y}\n" + stale).validation.item,
            "V2");
  EXPECT_NE(problems_of(head + "validation: {compares: Forks.}\n" + stale).find("has an `item`"), std::string::npos);
  EXPECT_NE(problems_of(head + "validation: {item: V2}\n").find("`compare_with`"), std::string::npos);
}

TEST(TheFullForm, IsLaidOverTheScenarioWhenAskedFor) {
  const std::string text = head + "replications: 3\nfull: {replications: 100, network: {users: 20}}\n";
  EXPECT_EQ(good(text).replications, 3U);
  ReadOptions full;
  full.full = true;
  const Scenario s = good(text, full);
  EXPECT_EQ(s.replications, 100U);
  EXPECT_EQ(s.users(), 20U);
  EXPECT_EQ(s.origins.at("network.users").from, Origin::From::full);
}

TEST(TheFullForm, IsCheckedBeforeSomebodyNeedsIt) {
  EXPECT_NE(problems_of(head + "full: {replications: many}\n").find("`replications`"), std::string::npos);
  EXPECT_NE(problems_of(head + "full: {schema: 2}\n").find("cannot change `schema`"), std::string::npos);
}

TEST(Values, StandAtPathsDefaultsIncluded) {
  const Scenario s =
      good(head + "timeline: [{at: 1 h, for: 2 h, partition: [nodes 0, rest], name: cut}]\nnetwork: {users: 10}\n");
  EXPECT_EQ(value_at(s, "network.users"), "10");
  EXPECT_EQ(value_at(s, "systems.p2p.block_interval"), "10 min");
  EXPECT_EQ(value_at(s, "timeline.0.for"), "2 h");
  EXPECT_EQ(value_at(s, "systems.p2p.nothing"), std::nullopt);
}

}  // namespace
}  // namespace peerlab
