#include <algorithm>

#include "analysis/report/html_sections.h"
#include "analysis/report/html_text.h"
#include "analysis/report/svg.h"

namespace peerlab {
namespace {

std::string chart(const PagePart& part, const Picture& picture) {
  const std::string title =
      picture.title + (picture.cell.empty() ? "" : ", " + picture.cell) + (part.label.empty() ? "" : ", " + part.label);
  std::string out = "<figure class=\"chart\" id=\"" + part.ids + "chart-" + html_id(picture.id) + "\">\n<figcaption>" +
                    svg_escaped(title) +
                    "</figcaption>\n<div class=\"scroll picture\" tabindex=\"0\" role=\"region\" aria-label=\"" +
                    svg_escaped("Chart: " + title) + "\">\n";
  out += svg_within_page(picture.svg, part.ids) + "</div>\n<details><summary>The figures of this chart</summary>\n";
  return out + html_table(picture.table, "Figures: " + title) + "</details>\n</figure>\n";
}

}  // namespace

std::string html_charts(const std::vector<PagePart>& parts) {
  std::vector<std::string> ids;
  for (const PagePart& part : parts) {
    for (const Picture& picture : part.pictures) {
      if (std::find(ids.begin(), ids.end(), picture.id) == ids.end()) ids.push_back(picture.id);
    }
  }
  if (ids.empty()) return "";
  std::string out = "<section id=\"charts\">\n<h2>Charts</h2>\n";
  for (const std::string& id : ids) {
    if (parts.size() > 1) out += "<div class=\"pair\">\n";
    for (const PagePart& part : parts) {
      for (const Picture& picture : part.pictures) {
        if (picture.id == id) out += chart(part, picture);
      }
    }
    if (parts.size() > 1) out += "</div>\n";
  }
  return out + "</section>\n";
}

}  // namespace peerlab
