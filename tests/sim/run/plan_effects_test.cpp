// The section `effects:` of a scenario, and the combinations that it makes.
#include <gtest/gtest.h>

#include "sim/run/plan_effects.h"
#include "sim/scenario/resolved.h"
#include "tests/sim/scenario/small_schema.h"

namespace peerlab {
namespace {

const std::string factorial = R"(schema: 1
systems: {a: {protocol: chain}, b: {protocol: chain}}
network: {users: 50}
replications: 4
grid:
  cut:
    calm: {}
    cut: {timeline: [{at: 1 h, for: 1 h, partition: [region=EU, rest], name: eu}]}
)";

TEST(EffectsSection, GivesEverySystemALevelOfEachFactor) {
  const ReadResult result = test::read(
      factorial +
      "effects: {systems: {a: {kind: old}, b: {kind: new}}, show: [stale.per_mined], missing: [None is.]}\n");
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  const EffectPlan plan = plan_effects(*result.scenario);
  EXPECT_EQ(plan.factors, (std::vector<std::string>{"kind", "cut"}));
  ASSERT_EQ(plan.combinations.size(), 4U);
  EXPECT_EQ(plan.combinations[3].system, "b");
  EXPECT_EQ(plan.combinations[3].cell, "cut=cut");
  EXPECT_EQ(plan.combinations[3].levels, (std::vector<std::string>{"new", "cut"}));
  ASSERT_EQ(plan.figures.size(), 1U);
  EXPECT_EQ(plan.missing, std::vector<std::string>{"None is."});
}

TEST(EffectsSection, WithoutLevelsTheSystemsAreAFactor) {
  const ReadResult result = test::read(factorial + "effects: {show: [stale.per_mined]}\n");
  ASSERT_TRUE(result.scenario) << format_problems(result.problems);
  const EffectPlan plan = plan_effects(*result.scenario);
  EXPECT_EQ(plan.factors, (std::vector<std::string>{"system", "cut"}));
  EXPECT_EQ(plan.combinations[1].levels, (std::vector<std::string>{"b", "calm"}));
}

TEST(EffectsSection, IsTheSameWhenItsResolvedFormIsReadAgain) {
  const ReadResult first = test::read(
      factorial +
      "effects: {systems: {a: {kind: old}, b: {kind: new}}, show: [stale.per_mined], missing: [None is.]}\n");
  ASSERT_TRUE(first.scenario) << format_problems(first.problems);
  const std::string text = print_resolved(*first.scenario, WithOrigins::no);
  const ReadResult again = test::read(text);
  ASSERT_TRUE(again.scenario) << format_problems(again.problems) << text;
  EXPECT_EQ(print_resolved(*again.scenario, WithOrigins::no), text);
  EXPECT_EQ(again.scenario->effects.systems, first.scenario->effects.systems);
}

TEST(EffectsSection, WantsAFactor) {
  const ReadResult result =
      test::read("schema: 1\nsystems: {a: {protocol: chain}}\nreplications: 2\neffects: {show: [stale.per_mined]}\n");
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_NE(result.problems.front().sentence.find("no factor"), std::string::npos);
}

TEST(EffectsSection, SaysWhatIsWrongWithIt) {
  const auto sentence = [](const std::string& section) {
    const ReadResult result = test::read(factorial + section + "\n");
    return result.problems.empty() ? "" : result.problems.front().sentence;
  };
  EXPECT_NE(sentence("effects: {systems: {a: {kind: old}, b: {kind: new}}}").find("Effects on what?"),
            std::string::npos);
  EXPECT_NE(sentence("effects: {systems: {a: {kind: old}}, show: [stale.per_mined]}").find("`b`"), std::string::npos);
  EXPECT_NE(
      sentence("effects: {systems: {a: {kind: old}, b: {kind: old}}, show: [stale.per_mined]}").find("same levels"),
      std::string::npos);
  EXPECT_NE(sentence("effects: {systems: {a: {kind: old}, b: {age: old}}, show: [stale.per_mined]}").find("factors"),
            std::string::npos);
  EXPECT_NE(sentence("effects: {systems: {a: {kind: old}, c: {kind: new}}, show: [stale.per_mined]}").find("`c`"),
            std::string::npos);
  EXPECT_NE(sentence("effects: {shown: [stale.per_mined]}").find("Did you mean `show`?"), std::string::npos);
}

}  // namespace
}  // namespace peerlab
