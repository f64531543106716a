#include "analysis/report/chart.h"

namespace peerlab {

Svg begin_chart(const ChartHead& head) {
  Svg svg("plot-" + head.id, chart_width, head.title, head.description);
  constexpr double room = chart_width - 2 * chart_margin;
  svg.text({chart_margin, 38}, Anchor::start, "title", fitted(head.title, 24, room));
  svg.text({chart_margin, 64}, Anchor::start, "about faint", fitted(head.about, about_size, room));
  return svg;
}

std::string finish_chart(Svg& svg, const ChartHead& head, double bottom) {
  svg.text({chart_margin, bottom + 26}, Anchor::start, "foot faint",
           fitted(head.foot, 12, chart_width - 2 * chart_margin));
  return svg.finish(bottom + 42);
}

}  // namespace peerlab
