// What fails in common, through the whole program: owners, hosts, versions, groups, and what backups are worth.
#include <gtest/gtest.h>

#include <string>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

const std::string start = R"(schema: 1
name: common
replications: 2
duration: 70 min
settle: 10 min
network: {users: 12, degree: 4}
protection: {encryption: end-to-end}
systems:
  p2p: {protocol: nakamoto, block_interval: 30 s, ack: depth 2}
  online: {protocol: central-server, backup_every: 15 min, restore: 1 min}
  offline: {protocol: central-server, backup_every: 15 min, restore: 1 min, backup: offline}
workload: [{kind: publish, rate: 2 per min in total, private: 100 %, deadline: 10 min}]
measure: [lost]
)";

RunReport report_of(const std::string& rest) {
  const ReadResult read = read_scenario_text(start + rest, "test.yaml", standard_schema(cost_fields()));
  if (read.scenario) return run_scenario(*read.scenario, {});
  RunReport refused;
  refused.problems = read.problems;
  return refused;
}

double figure(const RunReport& report, const char* system, const char* metric) {
  const SummaryLine* line = find_line(report.result, system, "", metric, "value");
  EXPECT_NE(line, nullptr) << system << " " << metric;
  return line == nullptr ? -1 : line->summary.value;
}

std::string problem(const std::string& rest) { return format_problems(report_of(rest).problems); }

TEST(CommonFaults, WhoeverTakesTheMachineOverReachesItsBackupsUnlessTheyLieOffLine) {
  const RunReport report = report_of("timeline: [{at: 40 min, for: 5 min, exploit: random 1 of role=store}]\n");
  EXPECT_EQ(figure(report, "p2p", "lost.copy"), 0);
  EXPECT_GT(figure(report, "online", "lost.copy"), 0.5);    // all until then
  EXPECT_LT(figure(report, "offline", "lost.copy"), 0.35);  // what came since the last backup
  EXPECT_GT(figure(report, "offline", "lost.copy"), 0);
}

TEST(CommonFaults, ALineOfTheTimelineSparesTheSystemsThatItDoesNotName) {
  const std::string fault = "{at: 40 min, for: 5 min, exploit: random 1 of role=store, name: worm";
  const RunReport all = report_of("timeline: [" + fault + "}]\n");
  const RunReport one = report_of("timeline: [" + fault + ", system: online}]\n");
  const RunReport none = report_of("");
  ASSERT_EQ(one.result.runs.size(), all.result.runs.size());
  for (std::size_t i = 0; i < one.result.runs.size(); ++i) {
    const bool struck = one.result.runs[i].system == "online";
    EXPECT_EQ(one.result.runs[i].digest, (struck ? all : none).result.runs[i].digest) << one.result.runs[i].system;
  }
  EXPECT_NE(problem("timeline: [" + fault + ", system: [onlin]}]\n").find("Did you mean `online`?"), std::string::npos);
}

TEST(CommonFaults, AnOwnerWhoLeavesTakesBackupsAlongAndUsersKeepTheirKeys) {
  const RunReport report = report_of("timeline: [{at: 50 min, leave: largest owner of role=store}]\n");
  EXPECT_EQ(figure(report, "p2p", "lost"), 0);
  EXPECT_EQ(figure(report, "online", "lost.copy"), 1);
  EXPECT_EQ(figure(report, "offline", "lost.copy"), 1);
  const RunReport peers = report_of("timeline: [{at: 50 min, leave: random 50 % of role=user}]\n");
  EXPECT_EQ(figure(peers, "p2p", "lost.key"), 0);
  EXPECT_EQ(figure(peers, "online", "lost.key"), 0);
}

TEST(CommonFaults, AGroupIsTheSameMachinesWhereverItsNameStands) {
  const std::string group = "groups: {some: random 25 % of role=user}\n";
  EXPECT_EQ(problem(group + "timeline: [{at: 20 min, for: 5 min, partition: [group=some, rest]}]\n"), "");
  EXPECT_NE(problem(group + "timeline: [{at: 20 min, for: 5 min, crash: group=som}]\n").find("Did you mean `some`"),
            std::string::npos);
  const std::string twice = problem("groups: {some: all, more: node 3}\n");
  EXPECT_NE(twice.find("Machine 3 is in the group `some` already"), std::string::npos) << twice;
  EXPECT_NE(twice.find("test.yaml:14"), std::string::npos) << twice;
}

TEST(CommonFaults, AnOwnerOrVersionThatNobodyHasIsAnErrorThatNamesItsPlace) {
  const std::string owner = problem("timeline: [{at: 20 min, leave: owner=operator}]\n");  // the ledger has none
  EXPECT_NE(owner.find("There is no owner `operator` in this system."), std::string::npos) << owner;
  EXPECT_NE(owner.find("test.yaml:14"), std::string::npos) << owner;
  EXPECT_NE(problem("timeline: [{at: 20 min, exploit: version=v7}]\n").find("no version `v7`"), std::string::npos);
  EXPECT_NE(problem("timeline: [{at: 20 min, for: 5 min, majority-ring: nodes 0..2}]\n").find("at least 5 machines"),
            std::string::npos);
}

TEST(CommonFaults, AGridRunsEveryCellAndItsClaimIsJudgedInEach) {
  const RunReport report = report_of(
      "claim: {sentence: Nothing is lost., criteria: [lost.copy@p2p < lost.copy@online by 1 %]}\n"
      "grid:\n"
      "  fault:\n"
      "    operator: {timeline: [{at: 50 min, leave: largest owner of role=store}]}\n"
      "    users: {timeline: [{at: 50 min, leave: random 50 % of role=user}]}\n"
      "    calm: {}\n");
  EXPECT_EQ(report.result.cells.size(), 3U);
  EXPECT_EQ(report.result.runs.size(), 18U);
  ASSERT_TRUE(report.result.claim.has_value());
  const JudgedClaim& claim = *report.result.claim;
  EXPECT_EQ(claim.cells.at(0).verdict, ClaimVerdict::holds);
  EXPECT_EQ(claim.cells.at(1).verdict, ClaimVerdict::fails);
  EXPECT_EQ(claim.cells.at(2).verdict, ClaimVerdict::not_challenged);
  EXPECT_EQ(claim.verdict, ClaimVerdict::depends);
  EXPECT_NE(claim.on_what.find("holds for operator; fails for users"), std::string::npos) << claim.on_what;
  EXPECT_NE(claim.on_what.find("Not challenged in calm"), std::string::npos) << claim.on_what;
}

}  // namespace
}  // namespace peerlab
