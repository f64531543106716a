#include "analysis/report/small_chart.h"

#include <algorithm>
#include <cmath>

#include "analysis/report/axis.h"
#include "analysis/report/layout.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

constexpr double width = 440;
constexpr double left = 62;
constexpr double right = width - 30;
constexpr double top = 14;
constexpr double bottom = 196;
constexpr std::size_t columns_across = 46;  // of text

std::string in_prose(const CurveAxes& axes, const Curve& curve) {
  std::string text = axes.share + " over " + axes.time + ".";
  if (curve.dots.empty()) return text + " " + curve.note;
  for (const CurveDot& dot : curve.dots)
    text += " " + in_words(dot.share, "share") + ": " + in_words(dot.seconds, "s") + ".";
  return text;
}

}  // namespace

std::string small_chart(const std::string& id, const CurveAxes& axes, const Curve& curve,
                        const std::vector<Curve>& all) {
  std::vector<double> times;
  for (const Curve& other : all) {
    for (const CurveDot& dot : other.dots) times.insert(times.end(), {dot.seconds, dot.across.low, dot.across.high});
  }
  const Axis time = axis_for(times, "s", 5);
  const Axis shares = axis_of_shares();
  const auto x = [&](double seconds) { return left + time.position(seconds) * (right - left); };
  const auto y = [&](double share) { return bottom - shares.position(share) * (bottom - top); };
  const auto point = [&](double seconds, double share) { return svg_number(x(seconds)) + " " + svg_number(y(share)); };

  Svg svg("plot-" + id, width, curve.label, in_prose(axes, curve));
  for (const Tick& tick : time.ticks) {
    svg.line({x(tick.value), top}, {x(tick.value), bottom}, "grid");
    svg.text({x(tick.value), bottom + 22}, Anchor::middle, "tick faint", tick.label);
  }
  for (const double share : {0.0, 0.5, 1.0}) {
    svg.line({left, y(share)}, {right, y(share)}, "grid");
    svg.text({left - 8, y(share) + 5}, Anchor::end, "tick faint", share == 0.5 ? "50 %" : in_words(share, "share"));
  }
  svg.line({left, bottom}, {right, bottom}, "axis");
  svg.line({left, top}, {left, bottom}, "axis");
  std::string band;
  std::string back;
  std::string stroke;
  for (const CurveDot& dot : curve.dots) {
    if (std::isinf(dot.seconds)) continue;
    band += (band.empty() ? "M" : "L") + point(dot.across.low, dot.upright.high);
    back.insert(0, "L" + point(dot.across.high, dot.upright.low));
    stroke += (stroke.empty() ? "M" : "L") + point(dot.seconds, dot.share);
  }
  const std::string series = series_class(curve.series);
  if (!band.empty()) svg.path(band + back + "Z", series + " band");
  if (!stroke.empty()) svg.path(stroke, series + " line dashed");
  for (const CurveDot& dot : curve.dots) {
    const bool never = std::isinf(dot.seconds);
    svg.sign(curve.series, {never ? right : x(dot.seconds), y(dot.share)}, 5.5, never);
  }
  if (curve.dots.empty()) {
    svg.text({(left + right) / 2, (top + bottom) / 2}, Anchor::middle, "faint",
             fitted(curve.note.empty() ? "no such figure" : curve.note, 15, right - left));
  }
  const std::string_view time_name = std::string_view(axes.time).substr(0, axes.time.find(','));
  const std::string name = wrapped(axes.share + " by " + std::string(time_name), columns_across);
  double y_of_name = bottom + 46;
  for (std::size_t at = 0; at <= name.size(); y_of_name += 20) {
    const std::size_t end = std::min(name.find('\n', at), name.size());
    svg.text({width / 2, y_of_name}, Anchor::middle, "faint", name.substr(at, end - at));
    at = end + 1;
  }
  return svg.finish(y_of_name - 8);
}

}  // namespace peerlab
