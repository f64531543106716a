// Nodes that find their neighbours themselves keep the promise too, through restarts, a partition and an attack on their tables.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

RunReport report_of(const std::string& text, unsigned threads, RunModes modes = {}) {
  const ReadResult read = read_scenario_text(text, "test.yaml", standard_schema(cost_fields()));
  EXPECT_TRUE(read.scenario.has_value()) << format_problems(read.problems);
  RunOptions options;
  options.threads = threads;
  options.modes = modes;
  return run_scenario(read.scenario.value_or(Scenario{}), options);
}
std::vector<std::string> digests(const std::string& text, unsigned threads, RunModes modes = {}) {
  const RunReport report = report_of(text, threads, modes);
  EXPECT_TRUE(report.problems.empty()) << format_problems(report.problems);
  std::vector<std::string> all;
  for (const RunRecord& run : report.result.runs) all.push_back(run.digest);
  return all;
}

std::string busy(const std::string& how) {
  return R"(
schema: 1
name: busy
replications: 2
duration: 2 h
settle: 10 min
network: {preset: internet-2019, users: 24}
systems:
  p2p: {protocol: nakamoto, block_interval: 2 min, outbound: 4, light: 25 %, new_buckets: 16, tried_buckets: 4, peer_selection: )" +
         how + R"(}
workload:
  - {kind: publish, rate: 2 per min in total}
timeline:
  - {at: 30 min, for: 20 min, partition: [region=EU, rest], name: cut}
  - {at: 70 min, for: 10 min, crash: random 4 of role=peer, name: off}
attacks:
  - {kind: eclipse, who: nodes 20..22, victim: node 3, identities: 2}
)";
}

TEST(PeerSelection, GivesTheSameDigestsAtAnyNumberOfThreadsAndWithPrivatePools) {
  for (const std::string how : {"uniform", "address-manager"}) {
    const std::vector<std::string> first = digests(busy(how), 1);
    ASSERT_EQ(first.size(), 2U);
    EXPECT_NE(first[0], first[1]);
    EXPECT_EQ(first, digests(busy(how), 2));
    EXPECT_EQ(first, digests(busy(how), 2, RunModes{.private_pools = true, .shuffle_ties = false})) << how;
  }
}

TEST(PeerSelection, AnAttackOnItIsRefusedWhereLinksAreFixed) {
  std::string text = busy("fixed");
  const RunReport report = report_of(text, 1);
  ASSERT_FALSE(report.problems.empty());
  EXPECT_NE(format_problems(report.problems).find("peer_selection: uniform"), std::string::npos)
      << format_problems(report.problems);
}

TEST(PeerSelection, ASystemWhoseMembersAreKnownHasNoFurtherIdentities) {
  const RunReport report = report_of(R"(
schema: 1
name: known
duration: 1 h
network: {users: 20}
systems: {central: {protocol: central-server}}
attacks:
  - {kind: sybil, who: random 2 of role=client}
)",
                                     1);
  ASSERT_FALSE(report.problems.empty());
  EXPECT_NE(format_problems(report.problems).find("do not choose their neighbours"), std::string::npos)
      << format_problems(report.problems);
}

}  // namespace
}  // namespace peerlab
