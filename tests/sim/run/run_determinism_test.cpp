// The promise: the same version, scenario and seed give the same digest at any number of threads, and whether the nodes
// share one pool or each validates for itself with messages that are really encoded.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

Scenario scenario_of(const std::string& text) {
  const ReadResult read = read_scenario_text(text, "test.yaml", standard_schema(cost_fields()));
  EXPECT_TRUE(read.scenario.has_value()) << format_problems(read.problems);
  return read.scenario.value_or(Scenario{});
}

std::vector<std::string> digests(const Scenario& scenario, unsigned threads, RunModes modes = {}) {
  RunOptions options;
  options.threads = threads;
  options.modes = modes;
  const RunReport report = run_scenario(scenario, options);
  EXPECT_TRUE(report.problems.empty()) << format_problems(report.problems);
  std::vector<std::string> all;
  for (const RunRecord& run : report.result.runs) all.push_back(run.digest);
  return all;
}

// Everything at once: workload of three kinds, a partition, a wipe, a newcomer, an attacker, priced CPUs, real compact blocks.
const char* const busy = R"(
schema: 1
name: busy
replications: 2
duration: 3 h
settle: 10 min
network: {preset: internet-2019, users: 24, degree: 4}
systems:
  p2p: {protocol: nakamoto, block_interval: 2 min, compact: real}
workload:
  - {kind: publish, rate: 2 per min in total, size: lognormal median 2 kB sigma 1, private: 50 %}
  - {kind: pay, rate: 2 per min in total}
  - {kind: transfer, rate: 1 per min in total}
timeline:
  - {at: 30 min, for: 20 min, partition: [region=EU, rest], name: cut}
  - {at: 80 min, for: 10 min, wipe: random 2 of role=peer, name: lost}
  - {at: 2 h, join: node 5, name: newcomer}
attacks:
  - {kind: bad-peer, who: node 3, every: 10 min}
)";

TEST(Promise, TwoRunsGiveTheSameDigests) {
  const Scenario scenario = scenario_of(busy);
  const std::vector<std::string> first = digests(scenario, 1);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_NE(first[0], first[1]);
  EXPECT_EQ(first, digests(scenario, 1));
}

TEST(Promise, OneAndTwoThreadsGiveTheSameDigests) {
  const Scenario scenario = scenario_of(busy);
  EXPECT_EQ(digests(scenario, 1), digests(scenario, 2));
}

TEST(Promise, SharedAndPrivatePoolsGiveTheSameDigests) {
  const Scenario scenario = scenario_of(busy);
  EXPECT_EQ(digests(scenario, 2), digests(scenario, 2, RunModes{.private_pools = true, .shuffle_ties = false}));
}

// Miners who keep blocks back, pay twice, censor and orphan; every system has its own attackers.
TEST(Promise, AttacksByMiningGiveTheSameDigestsWithPrivatePoolsAndOnManyThreads) {
  const Scenario scenario = scenario_of(R"(
schema: 1
name: mining
replications: 2
duration: 12 h
settle: 10 min
network: {preset: internet-2019, users: 12, degree: 4}
systems:
  selfish: {protocol: nakamoto, block_interval: 2 min, tie_break: gamma 50 %, retarget: 50}
  spent: {protocol: nakamoto, block_interval: 2 min, tie_break: random}
  censored: {protocol: nakamoto, block_interval: 2 min}
workload:
  - {kind: publish, rate: 1 per min in total}
  - {kind: pay, rate: 1 per min in total}
attacks:
  - {kind: selfish, system: selfish, hash_share: 40 %}
  - {kind: double-spend, system: spent, who: node 1, confirmations: 2, hash_share: 30 %, give_up: 6}
  - {kind: race, system: spent, who: node 4, victim: node 5, every: 20 min}
  - {kind: orphan, system: censored, who: node 2, victim: nodes 6..7, hash_share: 60 %}
  - {kind: fee-snipe, system: censored, who: node 3, hash_share: 20 %, least_fees: 100}
)");
  const std::vector<std::string> first = digests(scenario, 1);
  EXPECT_EQ(first, digests(scenario, 2));
  EXPECT_EQ(first, digests(scenario, 2, RunModes{.private_pools = true, .shuffle_ties = false}));
}

TEST(Promise, EachCompactModeGivesTheSameDigestsWithPrivatePools) {
  for (const std::string mode : {"off", "real", "modelled"}) {
    const Scenario scenario = scenario_of(
        "schema: 1\nname: c\nduration: 1 h\nsettle: 5 min\nnetwork: {users: 12, degree: 4}\n"
        "systems:\n  p2p: {protocol: nakamoto, block_interval: 1 min, compact: " +
        mode +
        "}\n"
        "workload:\n  - {kind: publish, rate: 4 per min in total}\n");
    EXPECT_EQ(digests(scenario, 1), digests(scenario, 1, RunModes{.private_pools = true, .shuffle_ties = false}))
        << mode;
  }
}

TEST(Promise, OfLightUsersIsTheSameWithPrivatePools) {
  const Scenario scenario = scenario_of(R"(
schema: 1
name: asking
duration: 30 min
settle: 5 min
network: {users: 24, topology: full}
systems: {light: {protocol: nakamoto, block_interval: 40 s, ack: depth 2, light: 60 %}}
protection: {encryption: end-to-end}
workload:
  - {kind: publish, rate: 4 per min in total, private: 50 %}
  - {kind: update, rate: 2 per min in total}
  - {kind: transfer, rate: 2 per min in total}
  - {kind: pay, rate: 4 per min in total}
  - {kind: erase, rate: 10 per h in total}
  - {kind: read, rate: 10 per min in total}
timeline:
  - {at: 10 min, for: 3 min, crash: random 30 % of role=peer}
  - {at: 16 min, for: 3 min, crash: random 30 % of role=light}
)");
  EXPECT_EQ(digests(scenario, 1), digests(scenario, 1, RunModes{.private_pools = true, .shuffle_ties = false}));
}

TEST(Promise, AnotherSeedGivesAnotherDigest) {
  Scenario scenario = scenario_of(busy);
  const std::vector<std::string> first = digests(scenario, 1);
  scenario.seed += 1;
  EXPECT_NE(first, digests(scenario, 1));
}

// Shuffling the order of simultaneous events gives another history, and the same statistics.
TEST(Promise, ShufflingTiesMovesNoStatistic) {
  const Scenario scenario = scenario_of(R"(
schema: 1
name: ties
replications: 12
duration: 6 h
settle: 10 min
network: {preset: lan, users: 30, degree: 4}
systems: {p2p: {protocol: nakamoto, block_interval: 1 min}}
cpu: {price: free}
measure: [propagation, stale]
)");
  RunOptions plain;
  plain.threads = 2;
  RunOptions shuffled = plain;
  shuffled.modes.shuffle_ties = true;
  const RunReport a = run_scenario(scenario, plain);
  const RunReport b = run_scenario(scenario, shuffled);
  ASSERT_EQ(a.result.runs.size(), b.result.runs.size());
  EXPECT_NE(a.result.runs[0].digest, b.result.runs[0].digest);
  for (const auto& [metric, stat] : {std::pair{"propagation", "p50"}, std::pair{"stale.per_mined", "value"}}) {
    const SummaryLine* x = find_line(a.result, "p2p", "", metric, stat);
    const SummaryLine* y = find_line(b.result, "p2p", "", metric, stat);
    ASSERT_TRUE(x != nullptr && y != nullptr) << metric;
    EXPECT_LE(x->summary.ci95_low, y->summary.ci95_high) << metric;
    EXPECT_LE(y->summary.ci95_low, x->summary.ci95_high) << metric;
  }
}

TEST(Run, EndsSoonWhenInterrupted) {
  Scenario scenario = scenario_of(busy);
  std::atomic<bool> stop{true};
  RunOptions options;
  options.interrupt = &stop;
  const RunReport report = run_scenario(scenario, options);
  EXPECT_TRUE(report.interrupted);
  EXPECT_TRUE(report.result.runs.empty());
}

TEST(Run, RefusesASelectorThatMatchesNobodyBeforeAnythingRuns) {
  const Scenario scenario = scenario_of(R"(
schema: 1
name: nobody
duration: 1 h
settle: 1 min
network: {users: 10}
systems: {p2p: {protocol: nakamoto}}
timeline:
  - {at: 10 min, crash: role=server, name: x}
)");
  const RunReport report = run_scenario(scenario, RunOptions{});
  ASSERT_FALSE(report.problems.empty());
  EXPECT_EQ(report.problems[0].line, 9U);
  EXPECT_TRUE(report.result.runs.empty());
}

TEST(Run, VerifyFindsNoDifference) {
  RunOptions options;
  options.threads = 2;
  options.verify = true;
  EXPECT_EQ(run_scenario(scenario_of(busy), options).difference, "");
}

}  // namespace
}  // namespace peerlab
