// What does a whole scenario cost? The common workload of block propagation studies at 6,000 nodes with one hundred
// blocks, one day of Bitcoin on 8,013 nodes, a long chain, and, with a filter (./peerlab bench full_blocks), 288,000
// signed payments on 10,000 nodes. The goals for these are in the table at the end.
#include "bench/world_bench.h"

namespace peerlab::bench {
namespace {

void simblock_6000(benchmark::State& state) { run_world(state, "simblock-2019-6000"); }
BENCHMARK(simblock_6000)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

void bitcoin_day_8013(benchmark::State& state) { run_world(state, "bitcoin-day-8013"); }
BENCHMARK(bitcoin_day_8013)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

// The cost of a block must not depend on how many came before: compare ns_per_msg.
void chain_of_1000(benchmark::State& state) { run_world(state, "long-chain", {"stop.blocks=1000"}); }
BENCHMARK(chain_of_1000)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

void chain_of_10000(benchmark::State& state) { run_world(state, "long-chain", {"stop.blocks=10000"}); }
BENCHMARK(chain_of_10000)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

void full_blocks_10k(benchmark::State& state) { run_world(state, "full-blocks-10k"); }
void chain_of_100000(benchmark::State& state) { run_world(state, "long-chain"); }

}  // namespace

void add_heavy_scenarios() {
  benchmark::RegisterBenchmark("full_blocks_10k", full_blocks_10k)
      ->UseManualTime()
      ->Unit(benchmark::kSecond)
      ->Iterations(1);
  benchmark::RegisterBenchmark("chain_of_100000", chain_of_100000)
      ->UseManualTime()
      ->Unit(benchmark::kSecond)
      ->Iterations(1);
}

}  // namespace peerlab::bench
