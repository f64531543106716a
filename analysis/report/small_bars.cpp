#include "analysis/report/small_bars.h"

#include <cmath>

#include "analysis/report/axis.h"
#include "analysis/report/plot_parts.h"
#include "analysis/report/svg.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

constexpr double width = 440;
constexpr double left = 24;
constexpr double right = width - 36;
constexpr double row_height = 44;
constexpr double top = 6;

Axis axis_of(const std::vector<const SummaryLine*>& all) {
  std::vector<double> values;
  for (const SummaryLine* line : all) {
    if (!has_value(*line)) continue;
    values.insert(values.end(), {line->summary.value, drawn_interval(*line).low, drawn_interval(*line).high});
  }
  return axis_for(values, all.empty() ? "" : all.front()->unit, 5);
}

}  // namespace

std::string small_bars(const std::string& id, const std::string& name, std::size_t series,
                       const std::vector<SmallBar>& mine, const std::vector<const SummaryLine*>& all) {
  const Axis axis = axis_of(all);
  const auto x = [&](double value) { return left + axis.position(value) * (right - left); };
  const double bottom = top + row_height * static_cast<double>(mine.size());
  std::string words;
  for (const SmallBar& bar : mine)
    words += " " + bar.label + (bar.label.empty() ? "" : ": ") + in_words(*bar.line) + ".";
  Svg svg("plot-" + id, width, mine.empty() ? name : mine.front().line->system, name + "." + words);
  for (const Tick& tick : axis.ticks) svg.text({x(tick.value), bottom + 22}, Anchor::middle, "tick faint", tick.label);
  const std::string colour = series_class(series);
  double y = top;
  for (const SmallBar& bar : mine) {
    const SummaryLine& line = *bar.line;
    for (const Tick& tick : axis.ticks) svg.line({x(tick.value), y + 21}, {x(tick.value), y + row_height}, "grid");
    const std::string figure = in_words(line);
    const double room = width - left - 12 - text_width(figure, 15);
    svg.text({left, y + 15}, Anchor::start, bar.label.empty() ? "words" : "faint",
             bar.label.empty() ? figure : fitted(bar.label, 15, room));
    if (!bar.label.empty()) svg.text({width - 4, y + 15}, Anchor::end, "words", figure);
    if (has_value(line)) {
      const bool never = std::isinf(line.summary.value);
      const double at = never ? right : x(line.summary.value);
      const Interval interval = drawn_interval(line);
      if (!axis.logarithmic) svg.box({left, y + 23}, at - left, 14, colour + " bar");
      if (interval.low < interval.high) {
        const double from = x(interval.low);
        const double to = x(interval.high);
        svg.line({from, y + 30}, {to, y + 30}, colour + " line whisker solid");
        for (const double end : {from, to}) svg.line({end, y + 24}, {end, y + 36}, colour + " line whisker solid");
      }
      const bool nought = axis.logarithmic && line.summary.value <= 0;  // far beyond the axis
      if (nought) svg.arrow({left - 8, y + 30}, false, colour + " mark");
      svg.sign(series, {at, y + 30}, 5.5, never || nought);
    }
    y += row_height;
  }
  svg.line({left, bottom}, {right, bottom}, "axis");
  svg.text({width / 2, bottom + 46}, Anchor::middle, "faint", fitted(name, 15, width - 16));
  return svg.finish(bottom + 58);
}

}  // namespace peerlab
