// ./peerlab bench [FILTER]: runs what the filter names and ends with the table of goals.
#include <cstdio>
#include <string_view>

#include "bench/goals.h"
#include "bench/world_bench.h"

int main(int argc, char** argv) {
  bool filtered = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    filtered |= word.starts_with("--benchmark_filter=") && word != "--benchmark_filter=.";
  }
  if (filtered) {
    peerlab::bench::add_heavy_relays();
    peerlab::bench::add_heavy_scenarios();
    peerlab::bench::add_growth();
    peerlab::bench::add_heavy_threads();
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  peerlab::bench::RememberingReporter reporter;
  const std::size_t ran = benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  if (ran == 0) return 2;
  std::fputs(peerlab::bench::growth_table(reporter).c_str(), stdout);
  std::fputs(peerlab::bench::goals_table(reporter).c_str(), stdout);
  return 0;
}
