// How do time and memory grow with nodes, blocks, transactions and links? `./peerlab bench growth` runs each line of the table
// below on one thread and prints it in Markdown: a few minutes and, for the million nodes, a gigabyte or two. Messages should be
// proportional to links, time to messages but for the processor's caches, and nothing may grow with the square of anything.
#include <fmt/format.h>

#include "bench/goals.h"
#include "bench/world_bench.h"

namespace peerlab::bench {
namespace {

struct Line {
  const char* of;        ///< what grows
  std::uint64_t to;      ///< how large it is here
  const char* scenario;  ///< of scenarios/bench
  std::vector<std::string> sets;

  [[nodiscard]] std::string name() const { return fmt::format("growth_{}/{}", of, to); }
  [[nodiscard]] std::string command() const {
    std::string text = fmt::format("./peerlab run {} -r 1 -j 1", scenario);
    for (const std::string& set : sets)
      text += set.find(' ') == std::string::npos ? " --set " + set : " --set '" + set + "'";
    return text;
  }
};

const std::vector<Line>& lines() {
  static const std::vector<Line> all = [] {
    std::vector<Line> made;
    const auto nodes = [&](std::uint64_t users, int blocks) {
      made.push_back({"nodes",
                      users,
                      "flood-10k",
                      {fmt::format("network.users={}", users), fmt::format("stop.blocks={}", blocks)}});
    };
    nodes(100, 100);
    nodes(1'000, 100);
    nodes(10'000, 40);
    nodes(100'000, 5);
    nodes(1'000'000, 2);
    for (const std::uint64_t blocks : {1'000ULL, 10'000ULL, 100'000ULL})
      made.push_back({"blocks", blocks, "long-chain", {fmt::format("stop.blocks={}", blocks)}});
    for (const std::uint64_t rate : {300ULL, 1'200ULL, 4'800ULL})
      made.push_back({"transactions",
                      3 * rate,
                      "full-blocks-10k",
                      {"network.users=100", "duration=4 h", "settle=1 h",
                       fmt::format("workload=[{{kind: pay, rate: {} per h in total, deadline: 1 h}}]", rate)}});
    for (const std::uint64_t degree : {4ULL, 8ULL, 16ULL, 32ULL})
      made.push_back({"degree", degree, "flood-10k", {fmt::format("network.degree={}", degree), "stop.blocks=20"}});
    return made;
  }();
  return all;
}

}  // namespace

void add_growth() {
  for (const Line& line : lines()) {
    benchmark::RegisterBenchmark(line.name().c_str(),
                                 [&line](benchmark::State& state) { run_world(state, line.scenario, line.sets); })
        ->UseManualTime()
        ->Unit(benchmark::kSecond)
        ->Iterations(1);
  }
}

std::string growth_table(const RememberingReporter& ran) {
  std::string out;
  for (const Line& line : lines()) {
    const std::map<std::string, double>* of = ran.find(line.name());
    if (of == nullptr) continue;
    if (out.empty())
      out =
          "\n| what grows | to | million messages | CPU s | of it building | ns a message | MiB | bytes a node | "
          "command |\n"
          "|---|---|---|---|---|---|---|---|---|\n";
    const auto figure = [&](const char* counter) {
      const auto found = of->find(counter);
      return found == of->end() ? 0 : found->second;
    };
    out += fmt::format("| {} | {} | {:.3g} | {:.3g} | {:.2g} | {:.0f} | {:.3g} | {:.0f} | `{}` |\n", line.of, line.to,
                       figure("M_msgs"), figure("time_s"), figure("build_s"), figure("ns_per_msg"), figure("MiB"),
                       figure("B_per_node"), line.command());
  }
  return out;
}

}  // namespace peerlab::bench
