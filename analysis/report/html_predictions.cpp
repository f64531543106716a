#include <algorithm>

#include "analysis/report/html_sections.h"
#include "analysis/report/html_text.h"
#include "analysis/report/predictions_table.h"
#include "analysis/report/svg.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

std::string part_table(const PagePart& part) {
  const ScenarioResult& result = *part.result;
  ChartTable table{{"figure", "simulated", "predicted", "distance", "verdict"}, {}};
  std::vector<std::string> notes;
  const auto note = [&](const std::string& text) {
    if (std::find(notes.begin(), notes.end(), text) == notes.end()) notes.push_back(text);
  };
  for (const JudgedPrediction& one : result.predictions) {
    const SummaryLine* line = find_line(result, one.system, one.cell, one.metric, one.stat);
    table.rows.push_back({(one.cell.empty() ? "" : one.cell + ": ") + predicted_metric(result, one),
                          line == nullptr ? "-" : in_words(*line), predicted_in_words(one),
                          distance_in_words(one.distance) + (one.band ? ", band " + one.band_text : ""),
                          std::string(prediction_word(one.verdict))});
    note(one.law.empty() ? "Published: " + one.source + "."
                         : "`" + one.law + "`: " + one.gives + ". Source: " + one.source + ".");
    if (!one.differs.empty()) note("Known to differ: " + one.differs);
  }
  std::string out = part.label.empty() ? "" : "<h3>" + svg_escaped(part.label) + "</h3>\n";
  if (result.validation)
    out += "<p>" + svg_escaped(result.validation->item) + ": " + html_prose(result.validation->compares) + "</p>\n";
  out += html_table(table, "Figures beside theory");
  for (const std::string& text : notes) out += "<p class=\"note\">" + html_prose(text) + "</p>\n";
  return out;
}

}  // namespace

std::string html_predictions(const std::vector<PagePart>& parts) {
  std::string out;
  for (const PagePart& part : parts) {
    if (!part.result->predictions.empty()) out += part_table(part);
  }
  if (out.empty()) return out;
  return "<section id=\"theory\">\n<h2>Beside theory</h2>\n<p class=\"note\">Distances are in standard errors over "
         "runs, Student's where runs are few; a figure agrees up to 3.9, or within the band that its source "
         "sets.</p>\n" +
         out + "</section>\n";
}

}  // namespace peerlab
