// How fast do blocks travel through real handlers, and what does a node weigh? A block is pushed through random
// 8-regular graphs of 10,000, 100,000 and (with a filter: ./peerlab bench flood) 1,000,000 nodes, and goes by inventory,
// request and body through 2,000. Every header's proof of work and every body is checked.
#include "bench/world_bench.h"

namespace peerlab::bench {
namespace {

void flood_10k(benchmark::State& state) { run_world(state, "flood-10k", {"stop.blocks=40"}); }
BENCHMARK(flood_10k)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

void flood_100k(benchmark::State& state) { run_world(state, "flood-100k", {"stop.blocks=5"}); }
BENCHMARK(flood_100k)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

void flood_1m(benchmark::State& state) { run_world(state, "flood-1m", {"stop.blocks=2"}); }

void inventory_2000(benchmark::State& state) { run_world(state, "simblock-2019-2000"); }
BENCHMARK(inventory_2000)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace

void add_heavy_relays() {
  benchmark::RegisterBenchmark("flood_1m", flood_1m)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);
}

}  // namespace peerlab::bench
