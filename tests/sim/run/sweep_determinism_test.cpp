// A campaign's result is the same at any number of threads and however it is split, also where cells stop by themselves.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "analysis/report/files.h"
#include "sim/run/judge.h"
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

RunReport run(const Scenario& scenario, unsigned threads) {
  RunOptions options;
  options.threads = threads;
  RunReport report = run_scenario(scenario, options);
  EXPECT_TRUE(report.problems.empty()) << format_problems(report.problems);
  return report;
}

const std::string base = R"(schema: 1
name: swept
duration: 1 h
settle: 5 min
network: {topology: random-regular, degree: 4}
systems: {p2p: {protocol: nakamoto}}
measure: [stale, propagation]
sweep: {grid: {network.users: [8, 12], protocol.block_interval: [20 s, 1 min]}}
)";

TEST(Sweep, IsTheSameAtAnyNumberOfThreads) {
  const Scenario scenario = scenario_of(base + "replications: 3\n");
  const RunReport one = run(scenario, 1);
  EXPECT_EQ(one.result.runs.size(), 12U);
  EXPECT_EQ(metrics_csv(one.result), metrics_csv(run(scenario, 4).result));
}

TEST(Sweep, CellsHaveTheSameSeeds) {
  const RunReport report = run(scenario_of(base + "replications: 2\n"), 2);
  std::map<std::uint32_t, std::uint64_t> seeds;
  for (const RunRecord& r : report.result.runs)
    EXPECT_EQ(seeds.try_emplace(r.replication, r.seed).first->second, r.seed);
  EXPECT_EQ(seeds.size(), 2U);
}

TEST(Sweep, TheRunsOfACellAreThoseOfItsScenarioAlone) {
  const Scenario scenario = scenario_of(base + "replications: 2\n");
  const RunReport all = run(scenario, 2);
  const RunReport alone = run(scenario.cells.at(3).scenario, 1);
  std::vector<std::string> digests;
  for (const RunRecord& r : all.result.runs) {
    if (r.cell == scenario.cells[3].name) digests.push_back(r.digest);
  }
  ASSERT_EQ(alone.result.runs.size(), digests.size());
  for (std::size_t i = 0; i < digests.size(); ++i) EXPECT_EQ(alone.result.runs[i].digest, digests[i]);
}

TEST(Sweep, ShardsTogetherHaveEveryRunOnce) {
  const Scenario scenario = scenario_of(base + "replications: 3\n");
  std::map<std::string, int> times;
  for (std::uint32_t shard = 0; shard < 5; ++shard) {
    RunOptions options;
    options.shard = shard;
    options.shards = 5;
    for (const RunRecord& r : run_scenario(scenario, options).result.runs)
      ++times[r.cell + "/" + r.system + "/" + std::to_string(r.replication)];
  }
  EXPECT_EQ(times.size(), 12U);
  for (const auto& [name, count] : times) EXPECT_EQ(count, 1) << name;
}

TEST(StoppingRule, StopsAtTheFirstBatchThatIsPreciseEnoughAtAnyNumberOfThreads) {
  const Scenario scenario =
      scenario_of(base + "replications: {min: 3, max: 30, until: propagation.p50@p2p.ci95 < 25 % of the value}\n");
  const RunReport one = run(scenario, 1);
  EXPECT_EQ(metrics_csv(one.result), metrics_csv(run(scenario, 3).result));
  for (const ScenarioCell& cell : scenario.cells) {
    std::vector<const RunRecord*> runs;
    for (const RunRecord& r : one.result.runs) {
      if (r.cell == cell.name) runs.push_back(&r);
    }
    ASSERT_FALSE(runs.empty());
    EXPECT_EQ(runs.size() % 3, 0U) << "whole batches";
    const bool enough = precise_enough(*scenario.stopping, runs);
    EXPECT_TRUE(enough || runs.size() == 30U) << cell.name;
    if (runs.size() > 3) {
      runs.resize(runs.size() - 3);
      EXPECT_FALSE(precise_enough(*scenario.stopping, runs)) << "one batch less would have done";
    }
  }
}

}  // namespace
}  // namespace peerlab
