// Audits look and touch nothing: digests are the same with and without them, and what they find is the same whether nodes share
// one pool or not, at any number of threads.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

// A chain with forks, cuts, wiped and crashed disks, an attacker and priced CPUs; and a service with standbys and backups.
std::string story(const std::string& measures, const std::string& keys = "1") {
  return R"(
schema: 1
name: audits
replications: 2
duration: 150 min
settle: 20 min
network: {preset: internet-2019, users: 24, degree: 4}
protection: {encryption: end-to-end, key_copies: )" +
         keys + R"(}
systems:
  p2p: {protocol: nakamoto, block_interval: 1 min, ack: depth 2}
  central: {protocol: central-server, backup_every: 15 min, restore: 5 min}
  three: {protocol: central-server, servers: 3, replication: asynchronous, ship_every: 20 s}
workload:
  - {kind: publish, rate: 4 per min in total, private: 50 %, deadline: 10 min}
  - {kind: update, rate: 1 per min in total, deadline: 10 min}
  - {kind: transfer, rate: 1 per min in total, deadline: 10 min}
  - {kind: erase, rate: 10 per h in total, deadline: 10 min}
timeline:
  - {at: 30 min, for: 20 min, partition: [region=EU, rest], name: cut}
  - {at: 70 min, for: 10 min, wipe: random 1 of role=store, name: one}
  - {at: 100 min, for: 5 min, wipe: random 30 % of role=user, name: many}
measure: [)" +
         measures + "]\n";
}

RunReport run_of(const std::string& text, unsigned threads = 2, RunModes modes = {}) {
  const ReadResult read = read_scenario_text(text, "test.yaml", standard_schema(cost_fields()));
  EXPECT_TRUE(read.scenario.has_value()) << format_problems(read.problems);
  RunOptions options;
  options.threads = threads;
  options.modes = modes;
  return run_scenario(read.scenario.value_or(Scenario{}), options);
}

const std::string all = "lost, rpo, rto, copies, completeness.top";

double value(const RunReport& report, const std::string& system, const std::string& metric, const std::string& stat) {
  for (const RunRecord& run : report.result.runs) {
    if (run.system != system || run.replication != 0) continue;
    for (const Metric& m : run.metrics) {
      if (m.metric == metric && m.stat == stat) return m.value;
    }
  }
  ADD_FAILURE() << "no " << metric << "." << stat << " of " << system;
  return -1;
}

TEST(Audits, MoveNoDigest) {
  const RunReport with = run_of(story(all));
  const RunReport without = run_of(story("latency"));
  ASSERT_EQ(with.result.runs.size(), 6U);
  ASSERT_EQ(without.result.runs.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(with.result.runs[i].digest, without.result.runs[i].digest);
}

TEST(Audits, FindTheSameWhetherPoolsAreSharedOrPrivateAndAtAnyNumberOfThreads) {
  const RunReport shared = run_of(story(all), 2);
  const RunReport alone = run_of(story(all), 1, RunModes{.private_pools = true, .shuffle_ties = false});
  ASSERT_EQ(shared.result.runs.size(), alone.result.runs.size());
  for (std::size_t i = 0; i < shared.result.runs.size(); ++i) {
    const std::vector<Metric>& a = shared.result.runs[i].metrics;
    const std::vector<Metric>& b = alone.result.runs[i].metrics;
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t k = 0; k < a.size(); ++k) {
      EXPECT_EQ(a[k].standing, b[k].standing);
      if (a[k].standing != Standing::measured) continue;
      EXPECT_EQ(a[k].value, b[k].value) << shared.result.runs[i].system << " " << a[k].metric << "." << a[k].stat;
      EXPECT_EQ(a[k].n, b[k].n) << a[k].metric << "." << a[k].stat;
    }
  }
}

TEST(Audits, FindWhatTheFaultsDestroyed) {
  const RunReport report = run_of(story(all));
  EXPECT_EQ(value(report, "p2p", "lost.copy", "value"), 0) << "somebody kept every block";
  EXPECT_GT(value(report, "p2p", "copies", "mean"), 12);
  EXPECT_LE(value(report, "p2p", "copies", "mean"), 24);
  EXPECT_GT(value(report, "p2p", "completeness.top", "end"), 0.95);
  EXPECT_GT(value(report, "central", "lost.copy", "value"), 0) << "what came after the last backup";
  EXPECT_GT(value(report, "central", "rpo(one)", "value"), 0);
  EXPECT_LE(value(report, "central", "rpo(one)", "value"), 15 * 60.0) << "no further back than a backup";
  EXPECT_EQ(value(report, "central", "rpo(many)", "value"), 0) << "users' machines hold no records there";
  EXPECT_EQ(value(report, "central", "copies", "min"), 0);
  EXPECT_GE(value(report, "central", "rto(one)", "value"), 15 * 60.0) << "ten minutes off, five to restore";
  EXPECT_LE(value(report, "three", "copies", "mean"), 3);
}

TEST(Audits, AKeyIsHarderToLoseTheMoreCopiesThereAre) {
  const double once = value(run_of(story(all, "1")), "central", "lost.key", "value");
  const double thrice = value(run_of(story(all, "4")), "central", "lost.key", "value");
  EXPECT_GT(once, 0.02);
  EXPECT_LT(thrice, once);
}

}  // namespace
}  // namespace peerlab
