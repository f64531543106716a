// Where the time of a run went: a profile sees every handler, adds up, and changes nothing.
#include "sim/world/profile.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

// A clock that moves by one at each reading: times become counts, and the test is the same on every machine.
std::int64_t readings = 0;
std::int64_t counting_clock() { return ++readings; }

Scenario scenario_of(const std::string& price) {
  const std::string text =
      "schema: 1\n"
      "name: timed\n"
      "replications: 2\n"
      "duration: 2 h\n"
      "network: {users: 12, degree: 4}\n"
      "systems: {p2p: {protocol: nakamoto, block_interval: 2 min}, central: {protocol: central-server}}\n"
      "workload: [{kind: publish, rate: 2 per min in total}]\n"
      "timeline: [{at: 1 h, for: 5 min, crash: random 2 of role=peer}]\n"
      "cpu: {price: " +
      price + "}\n";
  const ReadResult read = read_scenario_text(text, "test.yaml", standard_schema(cost_fields()));
  EXPECT_TRUE(read.scenario.has_value()) << format_problems(read.problems);
  return read.scenario.value_or(Scenario{});
}

RunReport run(const Scenario& scenario, HostClock clock) {
  RunOptions options;
  options.clock = clock;
  RunReport report = run_scenario(scenario, options);
  EXPECT_TRUE(report.problems.empty()) << format_problems(report.problems);
  return report;
}

class Profiled : public testing::TestWithParam<const char*> {};

TEST_P(Profiled, RunsHaveTheDigestsOfOthers) {
  Scenario scenario = scenario_of(GetParam());
  scenario.timeline.clear();  // `role=peer` matches nobody on a server
  const RunReport plain = run(scenario, nullptr);
  const RunReport timed = run(scenario, &counting_clock);
  ASSERT_EQ(plain.result.runs.size(), 4U);
  ASSERT_EQ(timed.result.runs.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(plain.result.runs[i].digest, timed.result.runs[i].digest);
  EXPECT_TRUE(plain.profiles.empty());
  ASSERT_EQ(timed.profiles.size(), 2U);
  EXPECT_EQ(timed.profiles[0].first, "p2p");
  EXPECT_EQ(timed.profiles[1].first, "central");
}

TEST_P(Profiled, EveryHandlerIsInARowAndTakesItsTicks) {
  Scenario scenario = scenario_of(GetParam());
  scenario.systems.pop_back();
  const RunReport timed = run(scenario, &counting_clock);
  ASSERT_EQ(timed.profiles.size(), 1U);
  const Profile& profile = timed.profiles.front().second;
  EXPECT_EQ(profile.runs, 2U);
  EXPECT_EQ(profile.events, timed.result.runs[0].events + timed.result.runs[1].events);
  std::uint64_t handled = 0;
  Duration simulated{};
  bool inventories = false;
  bool requests = false;
  for (const ProfileRow& row : profile.table()) {
    EXPECT_FALSE(row.name.empty());
    EXPECT_EQ(row.handling_ns, static_cast<std::int64_t>(row.count)) << row.name;  // one tick from start to end
    EXPECT_GE(row.outbox_ns, row.handling_ns) << row.name;  // one at once, and one more where CPU time was waited for
    handled += row.count;
    simulated = simulated + row.simulated;
    inventories |= row.name == "block inventory";
    requests |= row.name == "request of a user";
  }
  EXPECT_TRUE(inventories);
  EXPECT_TRUE(requests);
  EXPECT_GT(handled, 1000U);
  EXPECT_LE(handled, profile.events);
  EXPECT_EQ(simulated.ns > 0, std::string(GetParam()) != "free");
  EXPECT_GT(profile.build_ns, 0);
  EXPECT_GT(profile.elsewhere_ns(), 0);
}

INSTANTIATE_TEST_SUITE_P(AtEitherPrice, Profiled, testing::Values("free", "reference"),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace
}  // namespace peerlab
