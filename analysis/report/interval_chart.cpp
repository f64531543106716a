#include "analysis/report/interval_chart.h"

#include <algorithm>
#include <cmath>

#include "analysis/report/axis.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

constexpr double row_height = 30;
constexpr double group_gap = 34;
constexpr double label_gap = 22;
constexpr double words_size = 15;

bool has_figure(const SummaryLine& line) { return line.standing == Standing::measured && line.summary.has_value(); }
bool has_interval(const SummaryLine& line) { return !cell_of(line).interval.empty(); }
// Known only to be larger than this; where nothing is known, infinity.
double bound(const SummaryLine& line) {
  return line.censored > 0 ? line.censored_at : std::numeric_limits<double>::infinity();
}

class IntervalChart {
 public:
  IntervalChart(const ChartHead& head, const std::vector<IntervalGroup>& groups, const std::string& unit)
      : head_(head), groups_(groups), svg_(begin_chart(head)) {
    double label = 60;
    double words = 60;
    std::vector<double> values;
    for (const IntervalGroup& group : groups) {
      for (const IntervalRow& row : group.rows) {
        label = std::max(label, text_width(row.label, 16));
        if (has_figure(*row.line)) words = std::max(words, text_width(in_words(*row.line), words_size));
        take(*row.line, values);
      }
    }
    label_ = std::min(label, 260.0);
    left_ = chart_margin + label_ + label_gap;
    right_ = chart_width - chart_margin - std::min(words, 330.0) - 18;
    axis_ = axis_for(values, unit, static_cast<std::size_t>((right_ - left_) / 76));
  }

  std::string draw() {
    double y = chart_top;
    for (const IntervalGroup& group : groups_) y += gap(group) + row_height * static_cast<double>(group.rows.size());
    const double bottom = y + 6;
    grid(bottom);
    y = chart_top;
    for (const IntervalGroup& group : groups_) {
      if (!group.label.empty())
        svg_.text({chart_margin, y + 23}, Anchor::start, "name group",
                  fitted(group.label, 17, chart_width - 2 * chart_margin));
      y += gap(group);
      for (const IntervalRow& row : group.rows) {
        draw(row, y + row_height / 2);
        y += row_height;
      }
    }
    return finish_chart(svg_, head_, bottom + 52);
  }

 private:
  static void take(const SummaryLine& line, std::vector<double>& values) {
    if (!has_figure(line)) return;
    values.push_back(line.summary.value);
    if (std::isinf(line.summary.value) && line.censored > 0) values.push_back(line.censored_at);
    if (has_interval(line)) values.insert(values.end(), {line.summary.ci95_low, line.summary.ci95_high});
  }

  static double gap(const IntervalGroup& group) { return group.label.empty() ? 0 : group_gap; }
  [[nodiscard]] double x(double value) const { return left_ + axis_.position(value) * (right_ - left_); }

  void grid(double bottom) {
    for (const Tick& tick : axis_.ticks) {
      double y = chart_top;
      for (const IntervalGroup& group : groups_) {  // not through the names of groups
        const double from = y + gap(group);
        y = from + row_height * static_cast<double>(group.rows.size());
        svg_.line({x(tick.value), from}, {x(tick.value), y}, "grid");
      }
      svg_.line({x(tick.value), bottom - 6}, {x(tick.value), bottom}, "axis");
      svg_.text({x(tick.value), bottom + 20}, Anchor::middle, "tick faint", tick.label);
    }
    svg_.line({left_, bottom}, {right_, bottom}, "axis");
    svg_.text({(left_ + right_) / 2, bottom + 44}, Anchor::middle, "name",
              head_.axis + (axis_.logarithmic ? ", log scale" : ""));
  }

  void draw(const IntervalRow& row, double y) {
    const SummaryLine& line = *row.line;
    svg_.text({left_ - label_gap, y + 5}, Anchor::end, "name", fitted(row.label, 16, label_));
    const Cell cell = cell_of(line);
    if (!has_figure(line)) {
      svg_.text({left_ + 8, y + 5}, Anchor::start, "faint", fitted(cell.value, words_size, right_ - left_));
      return;
    }
    const std::string series = series_class(row.series);
    const double value = line.summary.value;
    const bool open = std::isinf(value);
    const double at = open ? (std::isfinite(bound(line)) ? x(bound(line)) : right_) : x(value);
    if (!axis_.logarithmic) svg_.box({left_, y - 10}, at - left_, 20, series + " bar");
    if (has_interval(line) || open) whisker(line, at, y, series);
    const bool nought = axis_.logarithmic && value <= 0;  // far beyond the axis
    if (nought) svg_.arrow({left_ - 9, y}, false, series + " mark");
    if (!open || std::isfinite(bound(line))) svg_.sign(row.series, {at, y}, 6.5, open || nought);
    words(cell, y);
  }

  void whisker(const SummaryLine& line, double at, double y, const std::string& series) {
    const bool interval = has_interval(line);
    const bool open = std::isinf(line.summary.value) || (interval && std::isinf(line.summary.ci95_high));
    const double from = interval ? x(line.summary.ci95_low) : at;
    const double to = open ? right_ : x(line.summary.ci95_high);
    svg_.line({from, y}, {to, y}, series + " line whisker solid");
    const bool nought = interval && axis_.logarithmic && line.summary.ci95_low <= 0;  // far beyond the axis
    if (nought) {
      svg_.arrow({left_ - 9, y}, false, series + " mark");
    } else if (from < at) {
      svg_.line({from, y - 8}, {from, y + 8}, series + " line whisker solid");
    }
    if (open) {
      svg_.arrow({right_ + 9, y}, true, series + " mark");
    } else {
      svg_.line({to, y - 8}, {to, y + 8}, series + " line whisker solid");
    }
  }

  void words(const Cell& cell, double y) {
    const std::string text = cell.interval.empty() ? cell.value : cell.value + " " + cell.interval;
    svg_.text({right_ + 18, y + 5}, Anchor::start, "words", fitted(text, words_size, 330));
  }

  const ChartHead& head_;
  const std::vector<IntervalGroup>& groups_;
  Svg svg_;
  Axis axis_;
  double label_ = 0;
  double left_ = 0;
  double right_ = 0;
};

}  // namespace

std::string interval_chart(const ChartHead& head, const std::vector<IntervalGroup>& groups, const std::string& unit) {
  return IntervalChart(head, groups, unit).draw();
}

}  // namespace peerlab
