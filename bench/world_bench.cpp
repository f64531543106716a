#include "bench/world_bench.h"

#include <malloc.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <memory>

#include "models/base/check.h"
#include "sim/run/stage.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"
#include "sim/world/world.h"

namespace peerlab::bench {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void forget_peak() {
  (void)::malloc_trim(0);  // what earlier benchmarks left
  std::ofstream("/proc/self/clear_refs") << 5;
}

double resident_bytes(const std::string& which) {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    if (word != which) continue;
    double kibibytes = 0;
    status >> kibibytes;
    return kibibytes * 1024;
  }
  return 0;
}

void run_world(benchmark::State& state, const std::string& name, const std::vector<std::string>& sets) {
  ReadOptions options;
  for (const std::string& set : sets) options.overrides.push_back({"--set", set});
  const ReadResult read =
      read_scenario(PEERLAB_SOURCE_DIR "/scenarios/bench/" + name + ".yaml", standard_schema(cost_fields()), options);
  if (!read.scenario) {
    state.SkipWithError(format_problems(read.problems).c_str());
    return;
  }
  const Scenario& scenario = *read.scenario;
  double build = 0;
  double ran = 0;
  double messages = 0;
  double events = 0;
  double bytes = 0;
  for (auto _ : state) {
    forget_peak();
    const double before = resident_bytes("VmRSS:");
    const double start = cpu_seconds();
    Problems problems;
    const std::unique_ptr<Staged> staged =
        stage(scenario, scenario.systems.front(), replication_seed(scenario.seed, 0), RunModes{}, problems);
    CHECK(staged != nullptr);
    World world(std::move(staged->built->plan));
    const double built = cpu_seconds();
    const WorldOutcome outcome = world.run();
    const double end = cpu_seconds();
    bytes = std::max(bytes, resident_bytes("VmHWM:") - before);
    build += built - start;
    ran += end - built;
    events += static_cast<double>(outcome.events);
    for (const KindTotals& kind : outcome.totals.kinds) messages += static_cast<double>(kind.messages);
    state.SetIterationTime(end - start);
  }
  const auto runs = static_cast<double>(state.iterations());
  const double nodes = scenario.users();
  if (messages > 0) {
    state.counters["M_msgs_per_s"] = messages / ran * 1e-6;
    state.counters["ns_per_msg"] = ran / messages * 1e9;
    state.counters["M_msgs"] = messages / runs * 1e-6;
  }
  state.counters["M_events"] = events / runs * 1e-6;
  state.counters["build_s"] = build / runs;
  state.counters["B_per_node"] = bytes / nodes;
  state.counters["MiB"] = bytes / 1048576;
}

}  // namespace peerlab::bench
