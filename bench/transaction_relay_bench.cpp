// What does a transaction cost that everybody keeps? Signed payments announced in batches, asked for, judged, kept in
// every mempool, mined and charged everywhere: `full-blocks-10k` with fewer nodes and a shorter day, so that messages and
// transactions per node are those of the whole.
#include "bench/world_bench.h"

namespace peerlab::bench {
namespace {

const std::vector<std::string> two_hours = {"duration=3 h", "settle=1 h"};

std::vector<std::string> with_users(const std::string& users) {
  std::vector<std::string> sets = two_hours;
  sets.push_back("network.users=" + users);
  sets.push_back("workload=[{kind: pay, rate: 1200 per h in total, deadline: 3 h}]");
  return sets;
}

void transactions_100(benchmark::State& state) { run_world(state, "full-blocks-10k", with_users("100")); }
BENCHMARK(transactions_100)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

void transactions_400(benchmark::State& state) { run_world(state, "full-blocks-10k", with_users("400")); }
BENCHMARK(transactions_400)->UseManualTime()->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace
}  // namespace peerlab::bench
