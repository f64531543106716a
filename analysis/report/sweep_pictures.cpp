#include "analysis/report/sweep_pictures.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "analysis/report/answer.h"
#include "analysis/report/axis.h"
#include "analysis/report/cell_axes.h"
#include "analysis/report/grid_of_cells.h"
#include "analysis/report/plot_parts.h"
#include "analysis/report/words.h"
#include "analysis/report/xy_chart.h"

namespace peerlab {
namespace {

constexpr std::size_t most_lines = 6;
constexpr std::size_t most_maps = 4;

std::string stem_of(const std::string& label) {
  std::string out;
  for (const char c : label) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain || (!out.empty() && out.back() != '-')) out += plain ? c : '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

// One line of each figure, those that are asked for first: with a value in two cells at least.
std::vector<const SummaryLine*> figures_of(const ScenarioResult& result, std::size_t most) {
  std::vector<const SummaryLine*> found;
  const auto take = [&](const SummaryLine& line) {
    const auto same = [&](const SummaryLine& other) { return other.metric == line.metric && other.stat == line.stat; };
    if (found.size() == most || std::any_of(found.begin(), found.end(), [&](const auto* f) { return same(*f); }))
      return;
    const auto cells = std::count_if(result.lines.begin(), result.lines.end(), [&](const SummaryLine& other) {
      return same(other) && other.system == line.system && has_value(other);
    });
    if (cells >= 2) found.push_back(&line);
  };
  for (const std::string& label : asked_metrics(result)) {
    for (const SummaryLine& line : result.lines) {
      if (metric_label(line.metric, line.stat) == label) take(line);
    }
  }
  for (const SummaryLine& line : result.lines) {
    if (line.headline) take(line);
  }
  return found;
}

const SummaryLine* value_in(const ScenarioResult& result, const SummaryLine& figure, const std::string& system,
                            const std::string& cell) {
  const SummaryLine* line = find_line(result, system, cell, figure.metric, figure.stat);
  return line != nullptr && has_value(*line) ? line : nullptr;
}

ChartTable table_of(const ScenarioResult& result, const SummaryLine& figure) {
  ChartTable table{{"cell"}, {}};
  table.head.insert(table.head.end(), result.systems.begin(), result.systems.end());
  for (const std::string& cell : result.cells) {
    std::vector<std::string>& row = table.rows.emplace_back();
    row.push_back(cell);
    for (const std::string& system : result.systems) {
      const SummaryLine* line = find_line(result, system, cell, figure.metric, figure.stat);
      row.push_back(line == nullptr ? "-" : in_words(*line));
    }
  }
  return table;
}

Picture picture_of(const ChartHead& head, std::string svg, ChartTable table) {
  Picture picture;
  picture.id = head.id;
  picture.title = head.title;
  picture.svg = std::move(svg);
  picture.table = std::move(table);
  return picture;
}

// --- one axis: lines -------------------------------------------------------------------------------------------------

std::optional<Picture> line_picture(const ScenarioResult& result, const SummaryLine& figure, const std::string& axis,
                                    const std::vector<AxisNumber>& places) {
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return places[a].value < places[b].value; });
  const std::string label = metric_label(figure.metric, figure.stat);
  std::vector<XySeries> all;
  for (std::size_t s = 0; s < result.systems.size(); ++s) {
    XySeries series{result.systems[s], s, {}};
    for (const std::size_t c : order) {
      const SummaryLine* line = value_in(result, figure, result.systems[s], result.cells[c]);
      if (line == nullptr) continue;
      series.dots.push_back({places[c].value, line->summary.value, drawn_interval(*line),
                             result.systems[s] + ", " + result.cells[c] + ": " + in_words(*line)});
    }
    if (series.dots.size() >= 2) all.push_back(std::move(series));
  }
  if (all.empty()) return std::nullopt;
  ChartHead head = plot_head(result, "sweep-" + stem_of(label), label + " over " + axis, "");
  head.description = head.about + ". The figures are in the table.";
  const XyAxes axes{axis, std::string(places.front().unit), label, figure.unit, true, false};
  std::string svg = xy_chart(head, axes, all);
  return picture_of(head, std::move(svg), table_of(result, figure));
}

// --- several axes: heat maps -----------------------------------------------------------------------------------------

std::optional<Picture> map_picture(const ScenarioResult& result, const SummaryLine& figure, std::size_t s,
                                   const GridOfCells& grid) {
  const std::string& system = result.systems[s];
  std::vector<double> values;
  for (const std::string& cell : result.cells) {
    const SummaryLine* line = value_in(result, figure, system, cell);
    if (line != nullptr) values.push_back(line->summary.value);
  }
  if (values.size() < 2) return std::nullopt;
  const Axis axis = axis_for(values, figure.unit, 9);
  const std::string label = metric_label(figure.metric, figure.stat);
  const std::string of = result.systems.size() > 1 ? " of " + system : "";
  ChartHead head = plot_head(result, "sweep-" + stem_of(label) + (of.empty() ? "" : "-system-" + std::to_string(s + 1)),
                             label + of, "");
  head.description = head.about + ". The stronger the colour, the larger the figure. All are in the table.";
  const HeatMap map = grid.map([&](std::size_t c) -> HeatField {
    const SummaryLine* line = find_line(result, system, result.cells[c], figure.metric, figure.stat);
    if (line == nullptr) return {"-", std::nullopt, s, result.cells[c]};
    const std::string hint = result.cells[c] + ": " + in_words(*line);
    if (!has_value(*line)) return {"-", std::nullopt, s, hint};
    return {cell_of(*line).value, axis.position(line->summary.value), s, hint};
  });
  std::string svg = heat_map(head, map);
  return picture_of(head, std::move(svg), table_of(result, figure));
}

}  // namespace

std::vector<Picture> sweep_pictures(const ScenarioResult& result) {
  std::vector<Picture> pictures;
  if (result.cells.size() < 3) return pictures;
  const CellAxes axes = axes_of_cells(result.cells);
  if (axes.names.size() == 1) {
    std::vector<AxisNumber> places;
    for (const std::vector<std::string>& values : axes.values) {
      const std::optional<AxisNumber> number = axis_number(values.front());
      if (!number || (!places.empty() && number->unit != places.front().unit)) return pictures;
      places.push_back(*number);
    }
    for (const SummaryLine* figure : figures_of(result, most_lines)) {
      if (auto picture = line_picture(result, *figure, axes.names.front(), places))
        pictures.push_back(std::move(*picture));
    }
    return pictures;
  }
  const std::optional<GridOfCells> grid = grid_of_cells(axes);
  if (!grid) return pictures;
  for (const SummaryLine* figure : figures_of(result, most_maps)) {
    for (std::size_t s = 0; s < result.systems.size(); ++s) {
      if (auto picture = map_picture(result, *figure, s, *grid)) pictures.push_back(std::move(*picture));
    }
  }
  return pictures;
}

std::vector<Picture> claim_pictures(const ScenarioResult& result) {
  if (!result.claim || result.claim->cells.size() < 2) return {};
  std::vector<std::string> cells;
  for (const JudgedClaim::InCell& cell : result.claim->cells) cells.push_back(cell.cell);
  const std::optional<GridOfCells> grid = grid_of_cells(axes_of_cells(cells));
  if (!grid) return {};
  ChartHead head = plot_head(result, "verdicts", "Where the claim holds", "");
  head.description = head.about + ". The verdict in every cell is in the table.";
  ChartTable table{{"cell", "verdict"}, {}};
  for (const JudgedClaim::InCell& cell : result.claim->cells)
    table.rows.push_back({cell.cell, std::string(claim_word(cell.verdict))});
  const HeatMap map = grid->map([&](std::size_t c) -> HeatField {
    const JudgedClaim::InCell& cell = result.claim->cells[c];
    const std::string word(claim_word(cell.verdict));
    const bool holds = cell.verdict == ClaimVerdict::holds;
    const bool fails = cell.verdict == ClaimVerdict::fails;
    const std::string sign = holds ? "✓ " : fails ? "✗ " : "? ";
    const bool silent = cell.verdict == ClaimVerdict::not_challenged || cell.verdict == ClaimVerdict::none;
    return {silent ? word : sign + word,
            silent           ? std::optional<double>()
            : holds || fails ? 0.7
                             : 0.3,
            holds   ? std::size_t{2}
            : fails ? std::size_t{1}
                    : std::size_t{5},
            cell.cell + ": " + word};
  });
  std::string svg = heat_map(head, map);
  std::vector<Picture> out;
  out.push_back(picture_of(head, std::move(svg), std::move(table)));
  return out;
}

std::vector<Picture> prediction_pictures(const ScenarioResult& result) {
  std::vector<std::string> units;
  for (const JudgedPrediction& one : result.predictions) {
    if (std::find(units.begin(), units.end(), one.unit) == units.end()) units.push_back(one.unit);
  }
  std::vector<Picture> pictures;
  for (const std::string& unit : units) {
    std::vector<XySeries> all;
    ChartTable table{{"figure", "predicted", "simulated"}, {}};
    for (const JudgedPrediction& one : result.predictions) {
      const SummaryLine* line = find_line(result, one.system, one.cell, one.metric, one.stat);
      if (one.unit != unit || line == nullptr || !has_value(*line) || !std::isfinite(one.predicted)) continue;
      const std::string label =
          metric_label(one.metric, one.stat) + (result.systems.size() > 1 ? "@" + one.system : "");
      auto series = std::find_if(all.begin(), all.end(), [&](const XySeries& known) { return known.label == label; });
      if (series == all.end()) series = all.insert(all.end(), {label, all.size(), {}});
      const std::string where = label + (one.cell.empty() ? "" : ", " + one.cell);
      const std::string predicted = in_words(one.predicted, unit);
      series->dots.push_back({one.predicted, line->summary.value, drawn_interval(*line),
                              where + ": " + in_words(*line) + ", predicted " + predicted});
      table.rows.push_back({where, predicted, in_words(*line)});
    }
    if (all.empty()) continue;
    ChartHead head = plot_head(result, pictures.empty() ? "theory" : "theory-" + std::to_string(pictures.size() + 1),
                               "What was simulated against what is predicted", "");
    head.description = head.about + ". On the line both are the same. All are in the table.";
    const XyAxes axes{"predicted", unit, "simulated", unit, false, true};
    std::string svg = xy_chart(head, axes, all);
    pictures.push_back(picture_of(head, std::move(svg), std::move(table)));
  }
  return pictures;
}

}  // namespace peerlab
