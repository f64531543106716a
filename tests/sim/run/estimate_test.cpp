// What a run will cost, said beforehand: against what it then costs.
#include "sim/run/estimate.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

// The host of these tests: each look at its clock finds a tenth of the budget gone, and a megabyte more is allocated.
std::int64_t now_ns = 0;
std::int64_t allocated = 0;
std::int64_t clock_of_test() { return now_ns += 100'000'000; }
std::int64_t heap_of_test() { return allocated += 1'000'000; }
HostProbe probe() { return {&clock_of_test, &heap_of_test, 1'000'000'000}; }

Scenario scenario_of(std::uint32_t users, const std::string& more) {
  const std::string text =
      "schema: 1\n"
      "name: foretold\n"
      "replications: 3\n"
      "network: {preset: uniform, users: " +
      std::to_string(users) +
      ", degree: 8}\n"
      "cpu: {price: free}\n"
      "systems: {p2p: {protocol: nakamoto, relay: push, block_interval: 10 min, coins_per_user: 0}}\n" +
      more;
  const ReadResult read = read_scenario_text(text, "test.yaml", standard_schema(cost_fields()));
  EXPECT_TRUE(read.scenario.has_value()) << format_problems(read.problems);
  return read.scenario.value_or(Scenario{});
}

TEST(Estimate, OfEventsIsNearWhatARunHandles) {
  const Scenario scenario = scenario_of(400, "duration: 4 d\nsettle: 1 h\n");
  const Estimate foretold = estimate(scenario, probe());
  ASSERT_EQ(foretold.worlds.size(), 1U);
  const double events = static_cast<double>(run_scenario(scenario, {}).events);
  // 576 blocks on average in each of three runs; a sample of some hundred of them has a standard error of a tenth.
  EXPECT_NEAR(foretold.events() / events, 1, 0.4);
  EXPECT_LT(foretold.worlds[0].events, events) << "one world is one of three";
  EXPECT_NE(foretold.worlds[0].basis.find("simulated time of one world"), std::string::npos)
      << foretold.worlds[0].basis;
}

TEST(Estimate, OfARunThatEndsWithinTheSampleIsExact) {
  const Scenario scenario = scenario_of(20, "duration: 2 h\nsettle: 30 min\n");
  const Estimate foretold = estimate(scenario, probe());
  ASSERT_EQ(foretold.worlds.size(), 1U);
  EXPECT_EQ(foretold.worlds[0].basis, "its whole run of one world");
  EXPECT_FALSE(foretold.worlds[0].from_little);
  Scenario one = scenario;
  one.replications = 1;
  EXPECT_DOUBLE_EQ(foretold.worlds[0].events, static_cast<double>(run_scenario(one, {}).events));
}

TEST(Estimate, FromASmallPartOfARunSaysThatItIsNoMore) {
  HostProbe hasty = probe();
  hasty.budget_ns = 1'000'000;
  const Estimate foretold = estimate(scenario_of(400, "duration: 3000 d\nsettle: 1 h\n"), hasty);
  ASSERT_EQ(foretold.worlds.size(), 1U);
  EXPECT_TRUE(foretold.worlds[0].from_little) << foretold.worlds[0].basis;
}

TEST(Estimate, OfALargeWorldGrowsWithItsUsers) {
  const std::string blocks = "duration: 2 d\nstop: {blocks: 4}\n";
  const Estimate large = estimate(scenario_of(200'000, blocks), probe());
  const Estimate larger = estimate(scenario_of(400'000, blocks), probe());
  ASSERT_EQ(large.worlds.size(), 1U);
  ASSERT_EQ(larger.worlds.size(), 1U);
  EXPECT_DOUBLE_EQ(larger.worlds[0].events, 2 * large.worlds[0].events);
  EXPECT_GE(larger.worlds[0].bytes, large.worlds[0].bytes);
  EXPECT_GT(large.worlds[0].seconds_most, large.worlds[0].seconds);
  EXPECT_NE(large.worlds[0].basis.find("20000 users instead of 200000"), std::string::npos) << large.worlds[0].basis;
}

TEST(Estimate, ThreadsShareTimeAndAddMemory) {
  Estimate e;
  e.replications = 4;
  e.worlds = {{"a", 10, 8, 8, 100, 50, ""}, {"b", 30, 2, 4, 300, 50, ""}};
  EXPECT_DOUBLE_EQ(e.events(), 160);
  EXPECT_DOUBLE_EQ(e.seconds(1), 40);
  EXPECT_DOUBLE_EQ(e.seconds(2), 20);
  EXPECT_DOUBLE_EQ(e.seconds(64), 8) << "never faster than the longest world";
  EXPECT_DOUBLE_EQ(e.bytes(1), 300);
  EXPECT_DOUBLE_EQ(e.bytes(2), 600);
  EXPECT_DOUBLE_EQ(e.bytes(64), 1600) << "never more worlds than there are";
}

TEST(Estimate, SmallWorldsBeginWithoutBeingWeighed) {
  const std::int64_t before = now_ns;
  EXPECT_EQ(bytes_to_begin(scenario_of(largest_sample, "duration: 1 h\nsettle: 1 min\n"), probe(), 2), 0);
  EXPECT_EQ(now_ns, before);
  EXPECT_GT(bytes_to_begin(scenario_of(1'000'000, "duration: 1 h\nsettle: 1 min\n"), probe(), 1), 0);
}

TEST(Estimate, TheUsersMistakesAreProblems) {
  const Scenario scenario = scenario_of(20, "duration: 2 h\ntimeline: [{at: 1 h, wipe: random 1 of role=server}]\n");
  const Estimate foretold = estimate(scenario, probe());
  EXPECT_TRUE(foretold.worlds.empty());
  EXPECT_FALSE(foretold.problems.empty());
}

}  // namespace
}  // namespace peerlab
