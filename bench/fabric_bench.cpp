// What does a message cost in the network model? depart() alone, and depart() with arrive(), where random machines tell
// eight random others in turn, as in a flood: a thousand machines, whose interfaces stay in the cache, and a hundred
// thousand, whose interfaces do not.
// The goal is under 40 ns for depart() with a thousand machines.
#include <benchmark/benchmark.h>

#include <string_view>
#include <vector>

#include "models/base/random.h"
#include "sim/fabric/fabric.h"

namespace peerlab {
namespace {

struct Pair {
  MachineId from;
  MachineId to;
};

Fabric fabric_of(std::string_view preset, std::int64_t machines) {
  Params params = Params::defaults(network_fields());
  apply_preset(params, preset);
  params.set("users", std::to_string(machines));
  return Fabric(make_network(params, 1), 1);
}

std::vector<Pair> pairs_of(std::int64_t machines) {
  Stream stream(1, purpose("fabric bench"));
  std::vector<Pair> pairs(1U << 16);
  MachineId from;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    Pair& pair = pairs[i];
    if (i % 8 == 0) from = MachineId::of(stream.below(static_cast<std::uint64_t>(machines)));
    pair.from = from;
    pair.to = MachineId::of(stream.below(static_cast<std::uint64_t>(machines)));
  }
  return pairs;
}

void send(benchmark::State& state, std::string_view preset, std::uint32_t bytes, bool and_arrive) {
  Fabric fabric = fabric_of(preset, state.range(0));
  const std::vector<Pair> pairs = pairs_of(state.range(0));
  std::size_t turn = 0;
  Time now{};
  for (auto _ : state) {
    const Pair& pair = pairs[turn++ & (pairs.size() - 1)];
    now = now + nanoseconds(1000);
    Passage passage = fabric.depart(pair.from, pair.to, bytes, bytes > Fabric::packet_bytes, now);
    if (and_arrive) passage = fabric.arrive(pair.from, pair.to, bytes, passage.at);
    benchmark::DoNotOptimize(passage);
  }
}

void depart_small_internet(benchmark::State& state) { send(state, "internet-2019", 61, false); }
void depart_small_simblock(benchmark::State& state) { send(state, "simblock-2019", 61, false); }
void depart_block_internet(benchmark::State& state) { send(state, "internet-2019", 535'000, false); }
void depart_small_uniform(benchmark::State& state) { send(state, "uniform", 61, false); }
void both_small_internet(benchmark::State& state) { send(state, "internet-2019", 61, true); }
void both_block_internet(benchmark::State& state) { send(state, "internet-2019", 535'000, true); }

BENCHMARK(depart_small_internet)->Arg(1'000)->Arg(100'000);
BENCHMARK(depart_small_simblock)->Arg(1'000)->Arg(100'000);
BENCHMARK(depart_block_internet)->Arg(1'000)->Arg(100'000);
BENCHMARK(depart_small_uniform)->Arg(1'000)->Arg(100'000);
BENCHMARK(both_small_internet)->Arg(1'000)->Arg(100'000);
BENCHMARK(both_block_internet)->Arg(1'000)->Arg(100'000);

}  // namespace
}  // namespace peerlab
