#include "sim/scenario/grid.h"

#include <gtest/gtest.h>

#include "sim/scenario/resolved.h"
#include "tests/sim/scenario/small_schema.h"

namespace peerlab {
namespace {

const std::string two_by_two = R"(schema: 1
systems: {p2p: {protocol: chain}}
network: {users: 50}
replications: 4
grid:
  users:
    few: {network.users: 20}
    many: {network: {users: 80}}
  cut:
    calm: {}
    cut: {timeline: [{at: 1 h, for: 1 h, partition: [region=EU, rest], name: eu}]}
claim: {sentence: It holds., criteria: [agreement(6).end >= 99 %], show: [stale.per_mined], limits: [what nobody knows]}
quick: {replications: 2}
)";

TEST(Grid, EveryCombinationOfLevelsIsACell) {
  const ReadResult result = test::read(two_by_two);
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  const Scenario& s = *result.scenario;
  ASSERT_EQ(s.cells.size(), 4U);
  EXPECT_EQ(s.cells[0].name, "users=few cut=calm");
  EXPECT_EQ(s.cells[1].name, "users=few cut=cut");
  EXPECT_EQ(s.cells[0].scenario.users(), 20U);
  EXPECT_EQ(s.cells[3].scenario.users(), 80U);
  EXPECT_TRUE(s.cells[2].scenario.timeline.empty());
  EXPECT_EQ(s.cells[3].scenario.timeline.size(), 1U);
  EXPECT_EQ(s.worlds(), 16U);
}

TEST(Grid, ALevelMayAddCriteriaToThoseOfTheClaim) {
  std::string text = two_by_two;
  text.replace(text.find("calm: {}"), 8, "calm: {criteria: [agreement(6).mean == 100 %]}");
  const ReadResult result = test::read(text);
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  const Scenario& s = *result.scenario;
  EXPECT_EQ(s.claim.criteria.size(), 1U);
  EXPECT_EQ(s.cells[0].scenario.claim.criteria.size(), 2U);
  EXPECT_EQ(s.cells[0].scenario.claim.criteria[1].text, "agreement(6).mean == 100 %");
  EXPECT_EQ(s.cells[1].scenario.claim.criteria.size(), 1U);
  text.erase(text.find("claim: {"), text.find("quick:") - text.find("claim: {"));
  const ReadResult without = test::read(text);
  ASSERT_FALSE(without.problems.empty());
  EXPECT_NE(without.problems.front().sentence.find("makes none"), std::string::npos);
}

TEST(Grid, ACriterionThatNoCellCouldMeetIsRefused) {
  std::string text = two_by_two;
  text.replace(text.find("agreement(6).end >= 99 %"), 24, "acts.read < 5 %");
  const ReadResult result = test::read(text);
  ASSERT_FALSE(result.problems.empty());
  EXPECT_NE(result.problems.front().sentence.find("can never be met"), std::string::npos);
}

TEST(Grid, QuickAndSetComeOnTopOfEveryCell) {
  ReadOptions options;
  options.quick = true;
  options.overrides = {{"--set", "network.users=30"}};
  const ReadResult result = test::read(two_by_two, options);
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  for (const ScenarioCell& cell : result.scenario->cells) {
    EXPECT_EQ(cell.scenario.users(), 30U);
    EXPECT_EQ(cell.scenario.replications, 2U);
  }
}

TEST(Grid, MayBeChangedFromOutsideLikeEverythingElse) {
  ReadOptions options;
  options.overrides = {{"--set", "grid.users.few.network.users=33"}, {"--set", "grid.users.third={network.users: 44}"}};
  const ReadResult result = test::read(two_by_two, options);
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  ASSERT_EQ(result.scenario->cells.size(), 6U);
  EXPECT_EQ(result.scenario->cells[4].scenario.users(), 44U);
}

TEST(Grid, ReadsBackFromTheResolvedForm) {
  const ReadResult first = test::read(two_by_two);
  ASSERT_TRUE(first.scenario);
  const std::string text = print_resolved(*first.scenario, WithOrigins::no);
  const ReadResult second = test::read(text);
  ASSERT_TRUE(second.scenario) << format_problems(second.problems) << text;
  EXPECT_EQ(print_resolved(*second.scenario, WithOrigins::no), text);
  EXPECT_EQ(second.scenario->cells.size(), 4U);
  EXPECT_EQ(second.scenario->claim.criteria.size(), 1U);
  EXPECT_EQ(second.scenario->claim.show.size(), 1U);
  EXPECT_EQ(second.scenario->claim.limits, first.scenario->claim.limits);
}

TEST(Grid, SaysWhatIsWrongAndWhere) {
  using test::head;
  using test::problems_of;
  EXPECT_NE(problems_of(head + "grid: [a]\n").find("map of factors"), std::string::npos);
  EXPECT_NE(problems_of(head + "grid: {a: {b: 3}}\n").find("map of factors"), std::string::npos);
  EXPECT_NE(problems_of(head + "grid: {a: {\"b c\": {}}}\n").find("cannot be a name"), std::string::npos);
  EXPECT_NE(problems_of(head + "grid: {a: {b: {network.user: 3}}}\n").find("Did you mean `users`"), std::string::npos);
  EXPECT_NE(problems_of(head + "grid: {a: {b: {name: x}}}\n").find("cannot change `name`"), std::string::npos);
  EXPECT_NE(problems_of(head + "grid: {a: {b: {timeline.0.at: 1 h}}}\n"), "");
}

TEST(Claim, NeedsASentenceAndSomethingToJudgeOrToShow) {
  using test::head;
  using test::problems_of;
  EXPECT_NE(problems_of(head + "claim: {criteria: [stale.blocks == 0]}\n").find("`sentence`"), std::string::npos);
  EXPECT_NE(problems_of(head + "claim: {sentence: So be it.}\n").find("never be judged"), std::string::npos);
  EXPECT_NE(problems_of(head + "claim: {sentence: So., criteria: [stale.bloks == 0]}\n").find("Did you mean"),
            std::string::npos);
}

}  // namespace
}  // namespace peerlab
