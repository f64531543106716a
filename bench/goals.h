// What the project wants to reach, beside what was measured: the table at the end of `./peerlab bench`.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace peerlab::bench {

/// Prints as the console does, and remembers every figure.
class RememberingReporter final : public benchmark::ConsoleReporter {
 public:
  RememberingReporter() : ConsoleReporter(OO_Tabular) {}
  void ReportRuns(const std::vector<Run>& runs) override;

  /// The figures of a benchmark: names carry what Google Benchmark adds, as in `flood_10k/iterations:1/manual_time`. Null: not run.
  [[nodiscard]] const std::map<std::string, double>* find(const std::string& name) const;

  /// Figures by benchmark name and counter; `time_s` is the time of one iteration.
  std::map<std::string, std::map<std::string, double>> figures;
};

/// One line a goal: what was not run in this call says so.
std::string goals_table(const RememberingReporter& ran);
/// How time and memory grow, in Markdown; empty when nothing of it was run.
std::string growth_table(const RememberingReporter& ran);

}  // namespace peerlab::bench
