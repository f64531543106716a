// Do more threads take less time? Comparisons of 1,000 users (p2p-vs-central, a quarter of an hour), a hundred replications of its three
// systems and sixteen of them, on one thread and on two. Worlds share nothing, so wall time should halve: `times_one` is the speed-up,
// measured against one thread a moment before.
#include <benchmark/benchmark.h>

#include <map>
#include <string>

#include "bench/world_bench.h"
#include "sim/run/run.h"
#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab::bench {
namespace {

double now_s() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void replications(benchmark::State& state, const char* how_many) {
  static std::map<std::string, double> wall_of_one;
  ReadOptions read_options;
  read_options.overrides = {
      {"--set", "duration=15 min"}, {"--set", "settle=10 min"}, {"-r", std::string("replications=") + how_many}};
  const ReadResult read =
      read_scenario(PEERLAB_SOURCE_DIR "/scenarios/p2p-vs-central.yaml", standard_schema(cost_fields()), read_options);
  if (!read.scenario) {
    state.SkipWithError(format_problems(read.problems).c_str());
    return;
  }
  RunOptions options;
  options.threads = static_cast<unsigned>(state.range(0));
  double wall = 0;
  for (auto _ : state) {
    const double from = now_s();
    benchmark::DoNotOptimize(run_scenario(*read.scenario, options).events);
    wall = now_s() - from;
  }
  if (options.threads == 1) wall_of_one[how_many] = wall;
  if (wall_of_one.contains(how_many)) state.counters["times_one"] = wall_of_one[how_many] / wall;
}
void replications_16(benchmark::State& state) { replications(state, "16"); }
void replications_100(benchmark::State& state) { replications(state, "100"); }

BENCHMARK(replications_16)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace

void add_heavy_threads() {
  benchmark::RegisterBenchmark("replications_100", replications_100)
      ->Arg(1)
      ->Arg(2)
      ->UseRealTime()
      ->Unit(benchmark::kSecond)
      ->Iterations(1);
}

}  // namespace peerlab::bench
