#include "analysis/report/xy_chart.h"

#include <algorithm>
#include <cmath>

#include "analysis/report/axis.h"

namespace peerlab {
namespace {

constexpr double left = 128;
constexpr double top = chart_top + 14;
constexpr double bottom = top + 400;
constexpr double legend_line = 52;

class XyChart {
 public:
  XyChart(const ChartHead& head, const XyAxes& axes, const std::vector<XySeries>& all)
      : head_(head), axes_(axes), all_(all), svg_(begin_chart(head)) {
    double legend = 120;
    std::vector<double> xs;
    std::vector<double> ys;
    for (const XySeries& one : all) {
      legend = std::max(legend, text_width(one.label, 16) + legend_line + 10);
      for (const XyDot& dot : one.dots) {
        xs.push_back(dot.x);
        ys.insert(ys.end(), {dot.y, dot.interval.low, dot.interval.high});
      }
    }
    legend_ = all.size() > 1 ? std::min(legend, 300.0) : 0;
    right_ = chart_width - chart_margin - legend_ - 30;
    if (axes.diagonal) ys.insert(ys.end(), xs.begin(), xs.end());
    y_axis_ = axis_for(ys, axes.y_unit, 9);
    x_axis_ = axes.diagonal ? y_axis_ : axis_for(xs, axes.x_unit, static_cast<std::size_t>((right_ - left) / 80));
  }

  std::string draw() {
    grid();
    if (axes_.diagonal) svg_.line({left, bottom}, {right_, top}, "axis");
    if (axes_.joined) {
      for (const XySeries& one : all_) band(one);
      for (const XySeries& one : all_) stroke(one);
    }
    for (const XySeries& one : all_) signs(one);
    return finish_chart(svg_, head_, std::max(bottom + 62, legend()));
  }

 private:
  [[nodiscard]] double x(double value) const { return left + x_axis_.position(value) * (right_ - left); }
  [[nodiscard]] double y(double value) const { return bottom - y_axis_.position(value) * (bottom - top); }
  [[nodiscard]] std::string point(double px, double py) const { return svg_number(x(px)) + " " + svg_number(y(py)); }

  void grid() {
    for (const Tick& tick : x_axis_.ticks) {
      svg_.line({x(tick.value), top}, {x(tick.value), bottom}, "grid");
      svg_.text({x(tick.value), bottom + 28}, Anchor::middle, "tick faint", tick.label);
    }
    for (const Tick& tick : y_axis_.ticks) {
      svg_.line({left, y(tick.value)}, {right_, y(tick.value)}, "grid");
      svg_.text({left - 12, y(tick.value) + 5}, Anchor::end, "tick faint", tick.label);
    }
    svg_.line({left, bottom}, {right_, bottom}, "axis");
    svg_.line({left, top}, {left, bottom}, "axis");
    svg_.text({(left + right_) / 2, bottom + 56}, Anchor::middle, "name",
              axes_.x + (x_axis_.logarithmic ? ", log scale" : ""));
    svg_.upright_text({chart_margin + 12, (top + bottom) / 2}, "name",
                      fitted(axes_.y + (y_axis_.logarithmic ? ", log scale" : ""), 16, bottom - top));
  }

  void band(const XySeries& one) {
    std::string there;
    std::string back;
    std::size_t points = 0;
    for (const XyDot& dot : one.dots) {
      if (std::isinf(dot.y)) continue;
      there += (points == 0 ? "M" : "L") + point(dot.x, dot.interval.high);
      back.insert(0, "L" + point(dot.x, dot.interval.low));
      ++points;
    }
    if (points > 1) svg_.path(there + back + "Z", series_class(one.series) + " band");
  }

  void stroke(const XySeries& one) {
    std::string path;
    for (const XyDot& dot : one.dots) {
      if (!std::isinf(dot.y)) path += (path.empty() ? "M" : "L") + point(dot.x, dot.y);
    }
    if (!path.empty()) svg_.path(path, series_class(one.series) + " line dashed");
  }

  void signs(const XySeries& one) {
    for (const XyDot& dot : one.dots) {
      const bool never = std::isinf(dot.y);
      const double at = never ? top : y(dot.y);
      svg_.open_hint(dot.hint);
      if (!axes_.joined && dot.interval.low < dot.interval.high)
        svg_.line({x(dot.x), y(dot.interval.low)}, {x(dot.x), y(dot.interval.high)},
                  series_class(one.series) + " line whisker solid");
      svg_.sign(one.series, {x(dot.x), at}, 6, never);
      if (never) svg_.text({x(dot.x) + 12, at + 18}, Anchor::start, "faint", "never");
      svg_.close_hint();
    }
  }

  // Beside the drawing, in the order of the series; says where it ends.
  double legend() {
    const double from = chart_width - chart_margin - legend_;
    double at = top + 10;
    if (legend_ == 0) return at;
    for (const XySeries& one : all_) {
      if (axes_.joined) svg_.line({from, at}, {from + 40, at}, series_class(one.series) + " line dashed");
      svg_.sign(one.series, {from + 20, at}, 6);
      svg_.text({from + legend_line, at + 5}, Anchor::start, "name", fitted(one.label, 16, legend_ - legend_line));
      at += 28;
    }
    return at;
  }

  const ChartHead& head_;
  const XyAxes& axes_;
  const std::vector<XySeries>& all_;
  Svg svg_;
  Axis x_axis_;
  Axis y_axis_;
  double legend_ = 0;
  double right_ = 0;
};

}  // namespace

std::string xy_chart(const ChartHead& head, const XyAxes& axes, const std::vector<XySeries>& all) {
  return XyChart(head, axes, all).draw();
}

}  // namespace peerlab
