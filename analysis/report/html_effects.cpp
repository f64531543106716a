#include "analysis/report/effects.h"
#include "analysis/report/html_sections.h"
#include "analysis/report/html_text.h"

namespace peerlab {

std::string html_effects(const PagePart& part) {
  if (!part.result->effects || part.result->effects->rows.empty()) return "";
  const MainEffects& effects = *part.result->effects;
  ChartTable table{{"what changes"}, {}};
  for (const MainEffects::Figure& figure : effects.figures) {
    table.head.push_back(metric_label(figure.metric, figure.stat));
  }
  for (const MainEffects::Row& row : effects.rows) {
    std::vector<std::string> cells{effect_label(row)};
    for (std::size_t i = 0; i < row.on.size(); ++i) {
      const Cell cell = effect_cell(row.on[i], effects.figures[i].unit);
      cells.push_back(cell.value + (cell.interval.empty() ? "" : " " + cell.interval));
    }
    table.rows.push_back(std::move(cells));
  }
  std::string out = "<h3>Main effects</h3>\n" + html_table(table, "Main effects of the factors");
  out += "<p class=\"note\">" + html_prose(effects_explained(effects)) + "</p>\n";
  for (const std::string& sentence : effects.missing) out += "<p class=\"note\">" + html_prose(sentence) + "</p>\n";
  return out;
}

}  // namespace peerlab
