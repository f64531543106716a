#include "analysis/report/html.h"

#include <algorithm>

#include "analysis/report/front.h"
#include "analysis/report/html_sections.h"
#include "analysis/report/html_text.h"
#include "analysis/report/svg.h"

namespace peerlab {
namespace {

std::string heading(const std::vector<PagePart>& parts) {
  if (parts.size() > 1) return std::to_string(parts.size()) + " results side by side";
  const ScenarioResult& result = *parts.front().result;
  return result.question.empty() ? result.scenario : result.question;
}

std::string navigation(bool several, bool theory) {
  std::string out = "<nav aria-label=\"Sections\"><a href=\"#answer\">Answer</a> ";
  if (several) out += "<a href=\"#differences\">Differences</a> ";
  if (theory) out += "<a href=\"#theory\">Theory</a> ";
  return out +
         "<a href=\"#charts\">Charts</a> <a href=\"#figures\">All figures</a> <a href=\"#methods\">Method</a></nav>\n";
}

std::string head(const std::string& title, const std::string& script,
                 const std::function<std::string(std::string_view)>& sha256) {
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-" +
         base64_of(bytes_of_hex(sha256(script))) +
         "'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
         "content=\"no-referrer\">\n<title>" +
         svg_escaped(title) + "</title>\n<style>\n" + front_style() + svg_style() + "\n</style>\n</head>\n";
}

}  // namespace

std::string report_html(const std::vector<ReportPart>& parts,
                        const std::function<std::string(std::string_view)>& sha256) {
  std::vector<PagePart> all;
  for (const ReportPart& part : parts) {
    all.push_back({part.result, parts.size() > 1 ? part.label : "", "r" + std::to_string(all.size()) + "-",
                   pictures(*part.result)});
  }
  const bool several = all.size() > 1;
  const bool theory =
      std::any_of(all.begin(), all.end(), [](const PagePart& part) { return !part.result->predictions.empty(); });
  const std::string script = front_script();
  std::string out = head(heading(all) + " - peerlab", script, sha256);
  out += "<body>\n<header class=\"top\">\n<p class=\"brand\">peerlab " + svg_escaped(all.front().result->version) +
         "</p>\n" + navigation(several, theory) + "</header>\n<main>\n";
  out += "<h1>" + svg_escaped(heading(all)) + "</h1>\n<div id=\"answer\" class=\"" + (several ? "parts" : "whole") +
         "\">\n";
  for (const PagePart& part : all) out += html_first_screen(part);
  out += "</div>\n" + html_differences(all) + html_predictions(all);
  // Here the script puts the block tree and the replay.
  out +=
      "<div id=\"stage\"></div>\n<noscript><p class=\"note\">Sorting, zoom, the block tree and the replay need "
      "JavaScript; "
      "all figures are here without it.</p></noscript>\n";
  out += html_charts(all) + html_figures(all) + "<section id=\"methods\">\n<h2>Method</h2>\n";
  for (const PagePart& part : all) out += html_methods(part);
  out += "</section>\n</main>\n<script type=\"application/json\" id=\"peerlab-data\">" + html_json(html_data(all)) +
         "</script>\n<script>" + script + "</script>\n</body>\n</html>\n";
  return out;
}

}  // namespace peerlab
