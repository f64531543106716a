#include "analysis/report/plot_parts.h"

#include <algorithm>

#include "analysis/report/words.h"

namespace peerlab {

ChartHead plot_head(const ScenarioResult& result, std::string stem, std::string_view title, const std::string& cell) {
  std::uint64_t runs = 0;
  for (const SummaryLine& line : result.lines) runs = std::max(runs, line.summary.n);
  ChartHead head;
  head.id = std::move(stem);
  head.title = title;
  const std::string interval = runs < 2 ? "; one run gives no interval" : "; 95 % intervals over runs";
  head.about = result.scenario + (cell.empty() ? "" : ", " + cell);
  const std::string setup = result.setup.empty() ? "" : ": " + result.setup;
  // What would not fit is left out whole: the setup stands on the page and in the foot's command.
  const bool fits = text_width(head.about + setup + interval, about_size) <= chart_width - 2 * chart_margin;
  head.about += (fits ? setup : "") + interval;
  head.foot = "peerlab " + result.version + ", seed " + std::to_string(result.seed) + ": " + result.command;
  return head;
}

bool has_value(const SummaryLine& line) { return line.standing == Standing::measured && line.summary.has_value(); }

Interval drawn_interval(const SummaryLine& line) {
  if (cell_of(line).interval.empty()) return {line.summary.value, line.summary.value};
  return {line.summary.ci95_low, line.summary.ci95_high};
}

}  // namespace peerlab
