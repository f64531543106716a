#include "analysis/report/curve_chart.h"

#include <algorithm>
#include <cmath>

#include "analysis/report/axis.h"

namespace peerlab {
namespace {

constexpr double left = 104;
constexpr double top = chart_top + 14;
constexpr double bottom = top + 380;
constexpr double legend_line = 52;

class CurveChart {
 public:
  CurveChart(const ChartHead& head, const CurveAxes& axes, const std::vector<Curve>& curves)
      : head_(head), axes_(axes), curves_(curves), svg_(begin_chart(head)), shares_(axis_of_shares()) {
    double legend = 120;
    std::vector<double> times;
    for (const Curve& curve : curves) {
      legend = std::max({legend, text_width(curve.label, 16) + legend_line + 10, text_width(curve.note, 15)});
      for (const CurveDot& dot : curve.dots) times.insert(times.end(), {dot.seconds, dot.across.low, dot.across.high});
    }
    legend_ = std::min(legend, 300.0);
    right_ = chart_width - chart_margin - legend_ - 30;
    time_ = axis_for(times, "s", static_cast<std::size_t>((right_ - left) / 76));
  }

  std::string draw() {
    grid();
    for (const Curve& curve : curves_) band(curve);
    for (const Curve& curve : curves_) stroke(curve);
    for (const Curve& curve : curves_) signs(curve);
    const double listed = legend();
    return finish_chart(svg_, head_, std::max(bottom + 62, listed));
  }

 private:
  [[nodiscard]] double x(double seconds) const { return left + time_.position(seconds) * (right_ - left); }
  [[nodiscard]] double y(double share) const { return bottom - shares_.position(share) * (bottom - top); }

  void grid() {
    for (const Tick& tick : time_.ticks) {
      svg_.line({x(tick.value), top}, {x(tick.value), bottom}, "grid");
      svg_.text({x(tick.value), bottom + 28}, Anchor::middle, "tick faint", tick.label);
    }
    for (const Tick& tick : shares_.ticks) {
      svg_.line({left, y(tick.value)}, {right_, y(tick.value)}, "grid");
      svg_.text({left - 14, y(tick.value) + 5}, Anchor::end, "tick faint", tick.label);
    }
    svg_.line({left, bottom}, {right_, bottom}, "axis");
    svg_.line({left, top}, {left, bottom}, "axis");
    svg_.text({(left + right_) / 2, bottom + 56}, Anchor::middle, "name",
              axes_.time + (time_.logarithmic ? ", log scale" : ""));
    svg_.upright_text({chart_margin + 12, (top + bottom) / 2}, "name", axes_.share);
  }

  void band(const Curve& curve) {
    std::string there;
    std::string back;
    std::size_t points = 0;
    for (const CurveDot& dot : curve.dots) {
      if (std::isinf(dot.seconds)) continue;
      there += (points == 0 ? "M" : "L") + point(dot.across.low, dot.upright.high);
      back.insert(0, "L" + point(dot.across.high, dot.upright.low));
      ++points;
    }
    if (points > 1) svg_.path(there + back + "Z", series_class(curve.series) + " band");
  }

  [[nodiscard]] std::string point(double seconds, double share) const {
    return svg_number(x(seconds)) + " " + svg_number(y(share));
  }

  void stroke(const Curve& curve) {
    std::string path;
    for (const CurveDot& dot : curve.dots) {
      if (!std::isinf(dot.seconds)) path += (path.empty() ? "M" : "L") + point(dot.seconds, dot.share);
    }
    if (!path.empty()) svg_.path(path, series_class(curve.series) + " line dashed");
  }

  void signs(const Curve& curve) {
    for (const CurveDot& dot : curve.dots) {
      const bool never = std::isinf(dot.seconds);
      svg_.sign(curve.series, {never ? right_ : x(dot.seconds), y(dot.share)}, 6, never);
      if (never) svg_.text({right_ - 14, y(dot.share) + 20}, Anchor::end, "faint", "never");
    }
  }

  // Beside the drawing, in the order of the scenario; says where it ends.
  double legend() {
    const double from = chart_width - chart_margin - legend_;
    double at = top + 10;
    for (const Curve& curve : curves_) {
      const std::string series = series_class(curve.series);
      if (!curve.dots.empty()) {
        svg_.line({from, at}, {from + 40, at}, series + " line dashed");
        svg_.sign(curve.series, {from + 20, at}, 6);
      }
      svg_.text({from + legend_line, at + 5}, Anchor::start, "name", fitted(curve.label, 16, legend_ - legend_line));
      at += 28;
      if (curve.note.empty()) continue;
      svg_.text({from, at}, Anchor::start, "faint", fitted(curve.note, 15, legend_));
      at += 28;
    }
    return at;
  }

  const ChartHead& head_;
  const CurveAxes& axes_;
  const std::vector<Curve>& curves_;
  Svg svg_;
  Axis shares_;
  Axis time_;
  double legend_ = 0;
  double right_ = 0;
};

}  // namespace

std::string curve_chart(const ChartHead& head, const CurveAxes& axes, const std::vector<Curve>& curves) {
  return CurveChart(head, axes, curves).draw();
}

}  // namespace peerlab
