#include "analysis/report/heat_map.h"

#include <fmt/format.h>

#include <algorithm>

namespace peerlab {

std::string heat_map(const ChartHead& head, const HeatMap& map) {
  constexpr double height = 40;
  constexpr double size = 15;
  constexpr double top = chart_top + 44;
  Svg svg = begin_chart(head);
  double label = text_width(map.row_name, 16);
  for (const std::string& row : map.rows) label = std::max(label, text_width(row, size));
  label = std::min(label, 360.0);
  const double left = chart_margin + label + 18;
  const double room = chart_width - chart_margin - left;
  const double width = std::min(room / static_cast<double>(map.columns.size()), 190.0);
  svg.text({left - 18, top - 12}, Anchor::end, "name group", fitted(map.row_name, 16, label));
  svg.text({left, top - 36}, Anchor::start, "name group", fitted(map.column_name, 16, room));
  for (std::size_t c = 0; c < map.columns.size(); ++c) {
    svg.text({left + width * (static_cast<double>(c) + 0.5), top - 12}, Anchor::middle, "words",
             fitted(map.columns[c], size, width - 6));
  }
  for (std::size_t r = 0; r < map.rows.size(); ++r) {
    const double y = top + height * static_cast<double>(r);
    svg.text({left - 18, y + height / 2 + 5}, Anchor::end, "words", fitted(map.rows[r], size, label));
    for (std::size_t c = 0; c < map.fields[r].size(); ++c) {
      const HeatField& field = map.fields[r][c];
      const double x = left + width * static_cast<double>(c);
      svg.open_hint(field.hint);
      // Light enough for the words to be read on it.
      if (field.strength) {
        const auto tenth = static_cast<int>(std::clamp(*field.strength, 0.0, 1.0) * 9.999);
        svg.box({x + 1.5, y + 1.5}, width - 3, height - 3,
                fmt::format("{} h{}", series_class(field.series) + " mark", tenth));
      }
      svg.text({x + width / 2, y + height / 2 + 5}, Anchor::middle, "words", fitted(field.words, size, width - 8));
      svg.close_hint();
    }
  }
  return finish_chart(svg, head, top + height * static_cast<double>(map.rows.size()) + 12);
}

}  // namespace peerlab
