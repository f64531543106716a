// Do more threads take less time? Eight replications of the common workload at 600 nodes, on one thread and on two. Worlds
// share nothing, so wall time should halve: `times_one` is the speed-up, measured against one thread a moment before.
#include <benchmark/benchmark.h>

#include <string>

#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

double wall_of_one = 0;

void replications_8(benchmark::State& state) {
  ReadOptions read_options;
  read_options.overrides = {{"-r", "replications=8"}, {"--set", "stop.blocks=30"}};
  const ReadResult read = read_scenario(PEERLAB_SOURCE_DIR "/scenarios/bench/simblock-2019-600.yaml",
                                        standard_schema(cost_fields()), read_options);
  if (!read.scenario) {
    state.SkipWithError(format_problems(read.problems).c_str());
    return;
  }
  RunOptions options;
  options.threads = static_cast<unsigned>(state.range(0));
  timespec from{};
  timespec to{};
  for (auto _ : state) {
    clock_gettime(CLOCK_MONOTONIC, &from);
    benchmark::DoNotOptimize(run_scenario(*read.scenario, options).events);
    clock_gettime(CLOCK_MONOTONIC, &to);
  }
  const double wall =
      static_cast<double>(to.tv_sec - from.tv_sec) + static_cast<double>(to.tv_nsec - from.tv_nsec) * 1e-9;
  if (options.threads == 1) wall_of_one = wall;
  if (wall_of_one > 0) state.counters["times_one"] = wall_of_one / wall;
}
BENCHMARK(replications_8)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace peerlab
