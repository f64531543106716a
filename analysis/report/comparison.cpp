#include "analysis/report/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace peerlab {
namespace {

using Pair = std::pair<const RunRecord*, const RunRecord*>;

std::vector<const RunRecord*> runs_of(const Side& side, std::string_view cell) {
  std::vector<const RunRecord*> runs;
  for (const RunRecord& run : side.result->runs) {
    if (run.system == side.system && run.cell == cell) runs.push_back(&run);
  }
  return runs;
}

std::vector<Pair> paired(const std::vector<const RunRecord*>& first, const std::vector<const RunRecord*>& second) {
  std::vector<Pair> pairs;
  for (const RunRecord* a : first) {
    const auto b = std::find_if(second.begin(), second.end(), [&](const RunRecord* r) { return r->seed == a->seed; });
    if (b != second.end()) pairs.emplace_back(a, *b);
  }
  return pairs;
}

// The figure of a run: NaN where there is none, infinity where the run ended first.
double figure(const RunRecord& run, std::string_view metric, std::string_view stat) {
  for (const Metric& m : run.metrics) {
    if (m.metric != metric || m.stat != stat) continue;
    if (m.standing != Standing::measured) return std::numeric_limits<double>::quiet_NaN();
    return m.censored ? std::numeric_limits<double>::infinity() : m.value;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

Summary difference_of(const std::vector<Pair>& pairs, const Term& first, const Term& second, double level = 0.95) {
  std::vector<double> a;
  std::vector<double> b;
  for (const auto& [mine, theirs] : pairs) {
    a.push_back(figure(*mine, first.metric, first.stat));
    b.push_back(figure(*theirs, second.metric, second.stat));
  }
  return summarise_difference(a, b, level);
}

bool leaves_out_zero(const Summary& s) { return s.n >= 2 && (s.ci95_low > 0 || s.ci95_high < 0); }

}  // namespace

std::vector<Comparison> compare(const Side& first, const Side& second) {
  std::vector<Comparison> all;
  for (const std::string& cell : first.result->cells) {
    const std::vector<const RunRecord*> a = runs_of(first, cell);
    const std::vector<const RunRecord*> b = runs_of(second, cell);
    if (a.empty() || b.empty()) continue;
    const std::vector<Pair> pairs = paired(a, b);
    Comparison c{first.label, second.label, cell, pairs.size(), a.size(), b.size(), {}};
    for (const SummaryLine& line : first.result->lines) {
      if (pairs.empty() || line.system != first.system || line.cell != cell) continue;
      const SummaryLine* other = find_line(*second.result, second.system, cell, line.metric, line.stat);
      if (other == nullptr || other->unit != line.unit) continue;
      Difference d{line, *other,
                   difference_of(pairs, {first, line.metric, line.stat}, {second, line.metric, line.stat}), false};
      d.clear = leaves_out_zero(d.summary);
      c.differences.push_back(std::move(d));
    }
    all.push_back(std::move(c));
  }
  return all;
}

Summary paired_difference(const Term& first, const Term& second, std::string_view cell, double level) {
  return difference_of(paired(runs_of(first.side, cell), runs_of(second.side, cell)), first, second, level);
}

Summary paired_ratio(const Term& first, const Term& second, std::string_view cell) {
  std::vector<double> ratios;
  for (const auto& [mine, theirs] : paired(runs_of(first.side, cell), runs_of(second.side, cell))) {
    const double ratio = figure(*mine, first.metric, first.stat) / figure(*theirs, second.metric, second.stat);
    if (std::isfinite(ratio)) ratios.push_back(ratio);
  }
  return summarise_values(ratios);
}

bool differ_clearly(const ScenarioResult& result, std::string_view cell, std::string_view metric, std::string_view stat,
                    std::string_view first, std::string_view second) {
  return leaves_out_zero(paired_difference({{&result, std::string(first), ""}, metric, stat},
                                           {{&result, std::string(second), ""}, metric, stat}, cell));
}

}  // namespace peerlab
