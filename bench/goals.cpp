#include "bench/goals.h"

#include <fmt/format.h>

namespace peerlab::bench {
namespace {

struct Goal {
  const char* what;
  const char* benchmark;
  const char* counter;
  const char* unit;
  double goal;
  double stretch;  ///< 0: none
  bool more;       ///< more is better
};

constexpr Goal goals[] = {
    {"SB2019-6000, 100 blocks: CPU time", "simblock_6000", "time_s", "s", 1.8, 1.2, false},
    {"  its memory", "simblock_6000", "MiB", "MiB", 80, 40, false},
    {"8,013 nodes, a day of Bitcoin: CPU time", "bitcoin_day_8013", "time_s", "s", 3, 1.5, false},
    {"block flood, 10,000 nodes", "flood_10k", "M_msgs_per_s", "M msg/s", 12, 18, true},
    {"block flood, 100,000 nodes", "flood_100k", "M_msgs_per_s", "M msg/s", 6, 8, true},
    {"block flood, 1,000,000 nodes", "flood_1m", "M_msgs_per_s", "M msg/s", 4, 5, true},
    {"  its memory", "flood_1m", "MiB", "MiB", 1024, 400, false},
    {"  building its world", "flood_1m", "build_s", "s", 20, 5, false},
    {"queue against std::priority_queue, 1e3", "event_queue/1000", "of_priority_queue", "", 0.5, 0, false},
    {"queue against std::priority_queue, 1e5", "event_queue/100000", "of_priority_queue", "", 0.25, 0, false},
    {"queue against std::priority_queue, 1e6", "event_queue/1000000", "of_priority_queue", "", 0.15, 0, false},
    {"queue against std::priority_queue, 1e7", "event_queue/10000000", "of_priority_queue", "", 0.1, 0, false},
    {"10,000 nodes, 288,000 payments: CPU time", "full_blocks_10k", "time_s", "s", 90, 60, false},
    {"  its memory", "full_blocks_10k", "MiB", "MiB", 4096, 0, false},
    {"two threads against one, 16 replications", "replications_16/2", "times_one", "times", 1.9, 0, true},
    {"  100 replications", "replications_100/2", "times_one", "times", 1.9, 0, true},
};

}  // namespace

const std::map<std::string, double>* RememberingReporter::find(const std::string& name) const {
  for (const auto& [full, of] : figures) {
    if (full == name || full.starts_with(name + "/")) return &of;
  }
  return nullptr;
}

void RememberingReporter::ReportRuns(const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    if (run.error_occurred) continue;
    std::map<std::string, double>& of = figures[run.benchmark_name()];
    of["time_s"] = run.real_accumulated_time / static_cast<double>(run.iterations > 0 ? run.iterations : 1);
    for (const auto& [name, counter] : run.counters) of[name] = counter.value;
  }
  ConsoleReporter::ReportRuns(runs);
}

std::string goals_table(const RememberingReporter& ran) {
  std::string out = fmt::format("\n{:<44} {:>10} {:>10} {:>10}  {}\n", "goal", "measured", "goal", "stretch", "");
  bool skipped = false;
  for (const Goal& goal : goals) {
    const std::map<std::string, double>* figures = ran.find(goal.benchmark);
    const auto figure =
        figures != nullptr ? figures->find(goal.counter) : std::map<std::string, double>::const_iterator{};
    const bool known = figures != nullptr && figure != figures->end();
    skipped |= !known;
    const auto reached = [&](double wanted) { return goal.more ? figure->second >= wanted : figure->second <= wanted; };
    std::string measured = known ? fmt::format("{:.3g}", figure->second) : "-";
    std::string verdict = !known                                      ? ""
                          : goal.stretch > 0 && reached(goal.stretch) ? "beyond"
                          : reached(goal.goal)                        ? "reached"
                                                                      : "not yet";
    out += fmt::format("{:<44} {:>10} {:>10} {:>10}  {:<8} {}\n", goal.what, measured, goal.goal,
                       goal.stretch > 0 ? fmt::format("{}", goal.stretch) : "", goal.unit, verdict);
  }
  if (skipped)
    out += "\n- was not run: what takes minutes is run when it is named, as in `./peerlab bench flood_1m`.\n";
  return out + "Goals are for one quiet core; a busy or slower machine measures less.\n";
}

}  // namespace peerlab::bench
