// Whole worlds under Google Benchmark: a scenario of the tree is built, run once and counted.
//
// Every iteration is one world of the scenario's first system at its first seed, with the scenario's own measures, on one
// thread. Times are CPU time of this process. Counters: `M_msgs_per_s` and `ns_per_msg` of the run without building,
// `M_msgs`, `M_events`, `build_s`, and by how much the process grew at its largest, as `MiB` and `B_per_node`.
#pragma once

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace peerlab::bench {

/// Runs `scenarios/bench/NAME.yaml` with changes as `--set` takes them.
void run_world(benchmark::State& state, const std::string& scenario, const std::vector<std::string>& sets = {});

/// CPU seconds of this process.
double cpu_seconds();
/// Bytes of this process that lie in memory: `VmRSS:` now, `VmHWM:` at most since forget_peak().
double resident_bytes(const std::string& which);
void forget_peak();

/// Benchmarks that take minutes and gigabytes: registered only when a filter is given.
void add_heavy_relays();
void add_heavy_scenarios();
void add_growth();
void add_heavy_threads();

}  // namespace peerlab::bench
