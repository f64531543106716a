// What a system says of itself, how many machines it takes to stop it, keep a user out, alter and undo (`control`, `takes`), against attacks
// that are really made: with one machine fewer nothing happens, with as many as stated it does.
#include <gtest/gtest.h>

#include <string>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

std::string story(const std::string& system, const std::string& lines) {
  return "schema: 1\nname: powers\nreplications: 1\nwarmup: 5 min\nduration: 80 min\nsettle: 15 min\n"
         "network: {preset: internet-2019, users: 12, degree: 4}\nsystems: {it: " +
         system +
         "}\nworkload:\n  - {kind: publish, rate: 3 per min in total, deadline: 15 min}\n"
         "  - {kind: read, rate: 10 per min in total, deadline: 1 min}\n" +
         lines + "\n";
}

double figure(const std::string& system, const std::string& lines, const std::string& metric,
              const std::string& stat = "value") {
  const ReadResult read = read_scenario_text(story(system, lines), "test.yaml", standard_schema(cost_fields()));
  EXPECT_TRUE(read.scenario.has_value()) << format_problems(read.problems);
  if (!read.scenario) return -1;
  const RunReport report = run_scenario(*read.scenario, {});
  EXPECT_TRUE(report.problems.empty()) << format_problems(report.problems);
  for (const RunRecord& run : report.result.runs) {
    for (const Metric& m : run.metrics) {
      if (m.metric == metric && m.stat == stat) return m.value;
    }
  }
  ADD_FAILURE() << "no " << metric << "." << stat;
  return -1;
}

const std::string quorum = "{protocol: central-server, servers: 3, replication: quorum}";
const std::string lax = "{protocol: central-server, servers: 3, replication: quorum, signatures: none}";
const std::string chain = "{protocol: nakamoto, block_interval: 1 min, ack: depth 2}";

std::string crash(const std::string& whom) {
  return "timeline: [{at: 5 min, crash: " + whom + ", name: dark}]\nmeasure: [available, takes]";
}

TEST(StatedPowers, AQuorumGoesOnWithoutOneOfThreeAndStopsWithoutTwo) {
  EXPECT_EQ(figure(quorum, crash("node 12"), "takes.stop_writes", "machines"), 2);
  EXPECT_GT(figure(quorum, crash("node 13"), "available.writes"), 0.95);
  EXPECT_LT(figure(quorum, crash("nodes 13..14"), "available.writes"), 0.02);
}

TEST(StatedPowers, ALedgerAcksAsLongAsSomebodyMines) {
  EXPECT_GT(figure(chain, crash("nodes 0..5"), "available.writes"), 0.5)
      << "half of the users, and of the hash power, is gone";
}

TEST(StatedPowers, ItTakesThePrimaryToRefuseAUserAndMoreThanOnePeer) {
  const auto refuse = [](const std::string& who, int machines) {
    return "attacks: [{kind: refuse, who: " + who + ", machines: " + std::to_string(machines) +
           ", victim: node 3, at: 1 min}]\nmeasure: [acts, takes]";
  };
  EXPECT_EQ(figure(quorum, refuse("node 12", 1), "takes.refuse", "machines"), 1);
  EXPECT_GT(figure(quorum, refuse("node 12", 1), "acts.refuse"), 0.9) << "the first server is the primary";
  EXPECT_EQ(figure(chain, refuse("nodes 5..9", 5), "takes.refuse", "machines"), 7);
  EXPECT_EQ(figure(chain, refuse("nodes 5..9", 5), "acts.refuse"), 0) << "five of twelve are less than half";
}

TEST(StatedPowers, WhatOwnersSignNobodyAltersAndWhatNobodyChecksThePrimaryDoes) {
  const auto alter = [](int machines) {
    return "attacks: [{kind: insider, who: role=server, machines: " + std::to_string(machines) +
           ", at: 30 min, act: alter}]\nmeasure: [acts, takes]";
  };
  EXPECT_EQ(figure(lax, alter(1), "takes.alter", "machines"), 1);
  EXPECT_GT(figure(lax, alter(1), "acts.alter"), 0.8);
  EXPECT_EQ(figure(quorum, alter(3), "acts.alter"), 0) << "all three, and readers check";
}

TEST(StatedPowers, AQuorumForgetsOnlyWhenAllForget) {
  const auto back = [](int machines) {
    return "attacks: [{kind: roll-back, who: role=server, machines: " + std::to_string(machines) +
           ", at: 40 min, back: 20 min}]\nmeasure: [acts, control]";
  };
  EXPECT_EQ(figure(quorum, back(2), "acts.roll_back"), 0) << "the third one has the longest log";
  EXPECT_GT(figure(quorum, back(3), "acts.roll_back"), 0.9);
}

}  // namespace
}  // namespace peerlab
