#include "analysis/report/plots.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "analysis/report/block_pictures.h"
#include "analysis/report/curve_chart.h"
#include "analysis/report/interval_chart.h"
#include "analysis/report/plot_parts.h"
#include "analysis/report/space_time.h"
#include "analysis/report/sweep_pictures.h"
#include "analysis/report/words.h"
#include "models/base/quantity.h"

namespace peerlab {
namespace {

// --- the tables of pictures ---------------------------------------------------------------------------------------

struct IntervalPlot {
  std::string_view stem;
  std::string_view title;
  std::string_view axis;
  std::string_view unit;
  std::vector<std::string_view> metrics;  ///< beginnings of names
  double below = 1;                       ///< shares: drawn only if one is smaller; all near 1 need no picture
  bool of_one_cell = false;               ///< a sweep's own pictures show it
};

const std::vector<IntervalPlot>& interval_plots() {
  static const std::vector<IntervalPlot> all = {
      {"latency", "How long people wait", "time since the request was made", "s", {"latency."}},
      {"agreed-after", "How long until all agree again", "time since the fault was mended", "s", {"agreed.after"}},
      {"agreement", "How often two copies agree", "share of pairs of copies, over time", "share", {"agreement"}, 0.99},
      {"staleness", "How old answers are", "age of the oldest missing write", "s", {"staleness"}},
      {"records",
       "What was undone, lost or laid open",
       "share of what it could have met",
       "share",
       {"reverted", "lost", "exposed", "altered", "censored"},
       2},
      {"stale", "How many blocks are wasted", "share of the blocks mined", "share", {"stale."}, 2, true},
      {"attack",
       "What an attack brings",
       "share of the attempts, or of what miners earn",
       "share",
       {"attack.success", "revenue.share", "revenue.hash_share"},
       2,
       true},
      {"takes-machines", "How many machines it takes", "machines", "machines", {"takes."}, 1, true},
      {"takes-owners", "How many owners it takes", "owners", "owners", {"takes."}, 1, true},
      {"load",
       "How much rests on the busiest machine",
       "share of what all machines do",
       "share",
       {"load.top", "completeness.top"},
       2},
      {"cost", "How many bytes it takes", "bytes, all machines together", "B", {"cost."}},
  };
  return all;
}

struct DeadlinePlot {
  std::string_view stem;
  std::string_view title;
  std::string_view share;
  std::string_view metric;
};

constexpr DeadlinePlot deadline_plots[] = {
    {"available-writes", "How many writes are done by when", "share of writes", "available.writes"},
    {"available-reads", "How many reads are answered by when", "share of reads", "available.reads.any"},
};

struct Rule {
  std::string_view metric;
  std::string_view label;
};

constexpr Rule rules[] = {
    {"available.accepted", "accepted"},     {"available.depth_1", "1 block deep"},
    {"available.depth_2", "2 blocks deep"}, {"available.depth_3", "3 blocks deep"},
    {"available.depth_6", "6 blocks deep"},
};

struct Reached {
  std::string_view metric;
  std::string_view stat;
  double share;
};

struct SpreadPlot {
  std::string_view stem;
  std::string_view title;
  std::string_view time;
  std::string_view share;
  std::vector<Reached> reached;  ///< rising
};

const std::vector<SpreadPlot>& spread_plots() {
  static const std::vector<SpreadPlot> all = {
      {"propagation",
       "How fast a new block spreads",
       "time since the median block was found",
       "share of nodes",
       {{"propagation", "p10", 0.1},
        {"propagation", "p50", 0.5},
        {"propagation", "p90", 0.9},
        {"propagation", "p99", 0.99}}},
      {"replicated",
       "How fast a record reaches the machines that keep it",
       "time since the request for the median record",
       "share of machines",
       {{"replicated(50)", "p50", 0.5},
        {"replicated(90)", "p50", 0.9},
        {"replicated(99)", "p50", 0.99},
        {"replicated(100)", "p50", 1}}},
  };
  return all;
}

// --- drawing them --------------------------------------------------------------------------------------------------

class Plots {
 public:
  explicit Plots(const ScenarioResult& result) : result_(result) {}

  std::vector<Picture> draw() {
    for (const auto& more : {claim_pictures, sweep_pictures, prediction_pictures}) {
      for (Picture& picture : more(result_)) pictures_.push_back(std::move(picture));
    }
    for (const DeadlinePlot& plot : deadline_plots)
      each_cell([&](const std::string& cell) { over_deadline(plot, cell); });
    each_cell([&](const std::string& cell) { per_rule(cell); });
    for (const SpreadPlot& plot : spread_plots()) each_cell([&](const std::string& cell) { spread(plot, cell); });
    for (Picture& picture : block_pictures(result_)) pictures_.push_back(std::move(picture));
    for (const IntervalPlot& plot : interval_plots()) intervals(plot);
    messages();
    return std::move(pictures_);
  }

 private:
  template <class Draw>
  void each_cell(const Draw& draw) {
    for (const std::string& cell : result_.cells) draw(cell);
  }

  [[nodiscard]] std::string numbered(std::string_view stem, const std::string& cell) const {
    if (result_.cells.size() < 2) return std::string(stem);
    const auto at = std::find(result_.cells.begin(), result_.cells.end(), cell) - result_.cells.begin();
    return std::string(stem) + "-" + std::to_string(at + 1);
  }

  [[nodiscard]] ChartHead head(std::string stem, std::string_view title, const std::string& cell) const {
    return plot_head(result_, std::move(stem), title, cell);
  }

  Picture& add(const ChartHead& head, std::string svg, const std::string& cell) {
    Picture& picture = pictures_.emplace_back();
    picture.id = head.id;
    picture.title = head.title;
    picture.cell = cell;
    picture.svg = std::move(svg);
    return picture;
  }

  void intervals(const IntervalPlot& plot) {
    if (plot.of_one_cell && result_.cells.size() > 1) return;
    std::vector<IntervalGroup> groups;
    std::string words;
    bool wanted = false;
    ChartTable table{{"figure"}, {}};
    table.head.insert(table.head.end(), result_.systems.begin(), result_.systems.end());
    // Of a single system the rows are the metrics; of one in several cells they are the cells, so that those stand under each other.
    const bool alone = result_.systems.size() == 1;
    const bool by_metric = alone && result_.cells.size() > 1;
    for (const SummaryLine* first : by_metric ? rows_by_metric(plot) : rows_by_cell(plot)) {
      const std::string& cell = first->cell;
      const std::string name = metric_label(first->metric, first->stat);
      const std::string label = name + (cell.empty() ? "" : ", " + cell);
      const std::string heading = by_metric ? name : alone ? "" : label;
      if (!by_metric || groups.empty() || groups.back().label != heading) groups.push_back({heading, {}});
      std::vector<std::string>& figures = table.rows.emplace_back(table.head.size(), "-");
      figures.front() = label;
      for (std::size_t s = 0; s < result_.systems.size(); ++s) {
        const SummaryLine* line = find_line(result_, result_.systems[s], cell, first->metric, first->stat);
        if (line == nullptr) continue;
        wanted = wanted || (has_value(*line) && (plot.unit != "share" || line->summary.value < plot.below));
        groups.back().rows.push_back({by_metric ? cell : alone ? label : line->system, s, line});
        figures[s + 1] = in_words(*line);
        words += " " + label + " of " + line->system + ": " + in_words(*line) + ".";
      }
    }
    if (!wanted) return;
    ChartHead chart = head(std::string(plot.stem), plot.title, "");
    chart.axis = plot.axis;
    chart.description = chart.about + "." + words;
    add(chart, interval_chart(chart, groups, std::string(plot.unit)), "").table = std::move(table);
  }

  // One line per metric and statistic that some system has a figure of, in the order of the result.
  [[nodiscard]] std::vector<const SummaryLine*> rows(const IntervalPlot& plot, const std::string& cell) const {
    std::vector<const SummaryLine*> found;
    for (const SummaryLine& line : result_.lines) {
      const bool named = std::any_of(plot.metrics.begin(), plot.metrics.end(),
                                     [&](std::string_view start) { return line.metric.starts_with(start); });
      if (!named || !line.headline || line.cell != cell || line.unit != plot.unit || !has_value(line)) continue;
      const bool known = std::any_of(found.begin(), found.end(), [&](const SummaryLine* other) {
        return other->metric == line.metric && other->stat == line.stat;
      });
      if (!known) found.push_back(&line);
    }
    return found;
  }

  [[nodiscard]] std::vector<const SummaryLine*> rows_by_cell(const IntervalPlot& plot) const {
    std::vector<const SummaryLine*> all;
    for (const std::string& cell : result_.cells) {
      for (const SummaryLine* line : rows(plot, cell)) all.push_back(line);
    }
    return all;
  }

  // The same, all cells of a metric together.
  [[nodiscard]] std::vector<const SummaryLine*> rows_by_metric(const IntervalPlot& plot) const {
    std::vector<const SummaryLine*> sorted;
    for (const SummaryLine* line : rows_by_cell(plot)) {
      const auto same = [&](const SummaryLine* other) {
        return other->metric == line->metric && other->stat == line->stat;
      };
      const auto last = std::find_if(sorted.rbegin(), sorted.rend(), same);
      sorted.insert(last == sorted.rend() ? sorted.end() : last.base(), line);
    }
    return sorted;
  }

  void over_deadline(const DeadlinePlot& plot, const std::string& cell) {
    std::vector<Curve> curves;
    for (std::size_t s = 0; s < result_.systems.size(); ++s)
      curves.push_back(deadline_curve(result_.systems[s], cell, plot.metric, result_.systems[s], s));
    deadline_chart(head(numbered(plot.stem, cell), plot.title, cell), plot.share, curves, cell, true);
  }

  // Of the systems whose writes grow safer block by block: what "done" may mean, and what each meaning costs in time.
  void per_rule(const std::string& cell) {
    for (std::size_t s = 0; s < result_.systems.size(); ++s) {
      const std::string& system = result_.systems[s];
      std::vector<Curve> curves;
      for (const Rule& rule : rules) {
        Curve curve = deadline_curve(system, cell, rule.metric, std::string(rule.label), curves.size());
        if (!curve.dots.empty()) curves.push_back(std::move(curve));
      }
      if (curves.size() < 2) continue;
      const std::string stem = numbered("available-rules", cell) + "-system-" + std::to_string(s + 1);
      ChartHead chart = head(stem, "What counts as done decides when: " + system, cell);
      deadline_chart(std::move(chart), "share of writes", curves, cell, false);
    }
  }

  // Of the first run of each system, where it was small enough for every message to be recorded.
  void messages() {
    for (std::size_t s = 0; s < result_.systems.size(); ++s) {
      const std::string& system = result_.systems[s];
      const auto first = std::find_if(result_.runs.begin(), result_.runs.end(),
                                      [&](const RunRecord& run) { return run.system == system; });
      if (first == result_.runs.end() || first->recording.find("\"messages\":") == std::string::npos) continue;
      const std::optional<RecordedRun> run = read_recorded_run(first->recording);
      if (!run) continue;
      const bool alone = result_.systems.size() == 1;
      ChartHead chart = head("space-time" + (alone ? "" : "-system-" + std::to_string(s + 1)), "", first->cell);
      chart.title = alone ? "Who tells whom" : "Who tells whom: " + system;
      chart.about = result_.scenario + (first->cell.empty() ? "" : ", " + first->cell);
      if (std::optional<Picture> picture = space_time_picture(*run, std::move(chart)))
        pictures_.push_back(std::move(*picture));
    }
  }

  // The points of `metric(D)` over all deadlines D that were measured.
  [[nodiscard]] Curve deadline_curve(const std::string& system, const std::string& cell, std::string_view metric,
                                     std::string label, std::size_t series) const {
    Curve curve{std::move(label), series, {}, ""};
    for (const SummaryLine& line : result_.lines) {
      const std::string_view name = line.metric;
      if (line.system != system || line.cell != cell || !name.starts_with(metric) || !name.ends_with(')')) continue;
      if (name.size() < metric.size() + 2 || name[metric.size()] != '(') continue;
      const Parsed<Duration> at = parse_duration(name.substr(metric.size() + 1, name.size() - metric.size() - 2));
      if (!at) continue;
      if (!has_value(line)) {
        curve.note = cell_of(line).value;
        continue;
      }
      const double seconds = static_cast<double>(at.value->ns) / 1e9;
      curve.dots.push_back({seconds, line.summary.value, {seconds, seconds}, drawn_interval(line)});
    }
    std::stable_sort(curve.dots.begin(), curve.dots.end(),
                     [](const CurveDot& a, const CurveDot& b) { return a.seconds < b.seconds; });
    if (!curve.dots.empty()) curve.note.clear();
    return curve;
  }

  void deadline_chart(ChartHead chart, std::string_view share, const std::vector<Curve>& curves,
                      const std::string& cell, bool by_system) {
    if (!drawable(curves)) return;
    chart.description = chart.about + ".";
    ChartTable table{{"deadline"}, {}};
    std::vector<double> deadlines;
    for (const Curve& curve : curves) {
      table.head.push_back(curve.label);
      for (const CurveDot& dot : curve.dots) deadlines.push_back(dot.seconds);
    }
    std::stable_sort(deadlines.begin(), deadlines.end());
    deadlines.erase(std::unique(deadlines.begin(), deadlines.end()), deadlines.end());
    for (const double deadline : deadlines) {
      std::vector<std::string>& row = table.rows.emplace_back();
      row.push_back(write_duration(Duration{std::llround(deadline * 1e9)}));
      for (const Curve& curve : curves) {
        const auto dot = std::find_if(curve.dots.begin(), curve.dots.end(),
                                      [&](const CurveDot& d) { return d.seconds == deadline; });
        row.push_back(dot != curve.dots.end() ? share_in_words(*dot) : curve.note.empty() ? "-" : curve.note);
      }
    }
    for (const Curve& curve : curves) {
      chart.description += " " + curve.label + ":" + (curve.dots.empty() ? " " + curve.note : "");
      for (const CurveDot& dot : curve.dots)
        chart.description += " " + in_words(dot.share, "share") + " within " + in_words(dot.seconds, "s") + ",";
      chart.description.back() = '.';
    }
    const CurveAxes axes{"deadline, counted from the request", std::string(share)};
    Picture& picture = add(chart, curve_chart(chart, axes, curves), cell);
    picture.table = std::move(table);
    picture.axes = axes;
    picture.curves = curves;
    picture.by_system = by_system;
  }

  static std::string share_in_words(const CurveDot& dot) {
    SummaryLine line;
    line.unit = "share";
    line.summary.value = dot.share;
    line.summary.ci95_low = dot.upright.low;
    line.summary.ci95_high = dot.upright.high;
    line.summary.n = 1;
    line.summary.how = Summary::How::share;
    return in_words(line);
  }

  void spread(const SpreadPlot& plot, const std::string& cell) {
    std::vector<Curve> curves;
    std::string words;
    ChartTable table{{std::string(plot.share) + " reached"}, {}};
    for (const Reached& reached : plot.reached) table.rows.push_back({in_words(reached.share, "share")});
    for (std::size_t s = 0; s < result_.systems.size(); ++s) {
      Curve curve{result_.systems[s], s, {}, ""};
      table.head.push_back(curve.label);
      for (std::vector<std::string>& row : table.rows) row.emplace_back("-");
      for (const Reached& reached : plot.reached) {
        const SummaryLine* line = find_line(result_, result_.systems[s], cell, reached.metric, reached.stat);
        if (line == nullptr) continue;
        words += " " + curve.label + ", " + in_words(reached.share, "share") + ": " + in_words(*line) + ".";
        table.rows[static_cast<std::size_t>(&reached - plot.reached.data())].back() = in_words(*line);
        if (has_value(*line)) {
          curve.dots.push_back(
              {line->summary.value, reached.share, drawn_interval(*line), {reached.share, reached.share}});
        } else {
          curve.note = cell_of(*line).value;
        }
      }
      if (!curve.dots.empty()) curve.note.clear();
      if (!curve.dots.empty() || !curve.note.empty()) curves.push_back(std::move(curve));
    }
    if (!drawable(curves)) return;
    ChartHead chart = head(numbered(plot.stem, cell), plot.title, cell);
    chart.description = chart.about + "." + words;
    const CurveAxes axes{std::string(plot.time), std::string(plot.share)};
    Picture& picture = add(chart, curve_chart(chart, axes, curves), cell);
    picture.table = std::move(table);
    picture.axes = axes;
    picture.curves = std::move(curves);
  }

  // Two points make a curve; a single one is a figure of the table.
  static bool drawable(const std::vector<Curve>& curves) {
    return std::any_of(curves.begin(), curves.end(), [](const Curve& curve) {
      return std::count_if(curve.dots.begin(), curve.dots.end(),
                           [](const CurveDot& d) { return std::isfinite(d.seconds); }) >= 2;
    });
  }

  const ScenarioResult& result_;
  std::vector<Picture> pictures_;
};

}  // namespace

std::vector<Picture> pictures(const ScenarioResult& result) { return Plots(result).draw(); }

std::vector<ResultFile> plots(const ScenarioResult& result) {
  std::vector<ResultFile> files;
  for (Picture& picture : pictures(result)) files.push_back({"plots/" + picture.id + ".svg", std::move(picture.svg)});
  return files;
}

}  // namespace peerlab
