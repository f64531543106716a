// How long does it take to make a world, and how much does it hold before anything happens? People, places, links, nodes,
// and their first handlers: the same flood over 10,000 and 100,000 nodes that ends with its first events. Time and memory
// should be proportional to nodes.
#include "bench/world_bench.h"

namespace peerlab::bench {
namespace {

void world_build_10k(benchmark::State& state) { run_world(state, "flood-10k", {"duration=2 s", "settle=1 s"}); }
BENCHMARK(world_build_10k)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(3);

void world_build_100k(benchmark::State& state) { run_world(state, "flood-100k", {"duration=2 s", "settle=1 s"}); }
BENCHMARK(world_build_100k)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace peerlab::bench
