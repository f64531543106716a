#include <algorithm>

#include "analysis/report/answer.h"
#include "analysis/report/cell_axes.h"
#include "analysis/report/html_sections.h"
#include "analysis/report/html_text.h"
#include "analysis/report/small_bars.h"
#include "analysis/report/small_chart.h"
#include "analysis/report/svg.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

struct VerdictLook {
  std::string_view css;
  std::string_view sign;
  std::string_view word;
};

VerdictLook look_of(ExpectationVerdict verdict) {
  switch (verdict) {
    case ExpectationVerdict::pass: return {"pass", "\xE2\x9C\x93", "held"};
    case ExpectationVerdict::fail: return {"fail", "\xE2\x9C\x97", "failed"};
    case ExpectationVerdict::inconclusive: return {"open", "?", "undecided"};
  }
  return {};
}

// A claim's verdict over all cells of its grid, in place of a row per expectation and cell.
std::string claim(const JudgedClaim& c) {
  const std::string_view css = c.verdict == ClaimVerdict::holds   ? "pass"
                               : c.verdict == ClaimVerdict::fails ? "fail"
                                                                  : "open";
  std::string out = "<div class=\"claim " + std::string(css) + "\">\n<p class=\"answer\"><span class=\"chip\">" +
                    svg_escaped(claim_word(c.verdict)) + "</span> " + html_prose(c.sentence) + "</p>\n";
  if (!c.on_what.empty()) out += "<p>" + html_prose(c.on_what) + "</p>\n";
  out += "</div>\n";
  if (!c.criteria.empty()) {
    ChartTable table{{"criterion", "cells where it holds", "fails", "is undecided"}, {}};
    for (const JudgedClaim::Criterion& one : c.criteria) {
      table.rows.push_back(
          {one.text, std::to_string(one.holds), std::to_string(one.fails), std::to_string(one.inconclusive)});
    }
    out += html_table(table, "Criteria of the claim");
  }
  if (c.cells.size() > 1) {
    ChartTable table{{"cell", "verdict"}, {}};
    for (const JudgedClaim::InCell& cell : c.cells)
      table.rows.push_back({cell.cell, std::string(claim_word(cell.verdict))});
    out += "<details><summary>The verdict in each of " + std::to_string(c.cells.size()) + " cells</summary>\n" +
           html_table(table, "Verdict per cell") + "</details>\n";
  }
  for (const std::string& limit : c.limits) out += "<p class=\"note\">Not measured: " + html_prose(limit) + "</p>\n";
  return out;
}

std::string expectations(const ScenarioResult& result) {
  if (result.expectations.empty()) return "";
  std::string out = "<h3>Expected</h3>\n<p class=\"tally\">" + svg_escaped(verdicts_in_words(result)) +
                    "</p>\n<ul class=\"verdicts\">\n";
  for (const JudgedExpectation& e : result.expectations) {
    const VerdictLook look = look_of(e.verdict);
    out += "<li class=\"" + std::string(look.css) + "\"><span class=\"chip\"><span aria-hidden=\"true\">" +
           std::string(look.sign) + "</span> " + std::string(look.word) + "</span> <code>" + svg_escaped(e.text) +
           "</code>";
    if (!e.explanation.empty()) out += " <span class=\"why\">" + svg_escaped(e.explanation) + "</span>";
    out += "</li>\n";
  }
  return out + "</ul>\n";
}

// The curves that show the systems best: the first of these that was measured.
const Picture* side_by_side(const PagePart& part) {
  for (const std::string_view stem : {"available-writes", "replicated", "propagation", "available-reads"}) {
    for (const Picture& picture : part.pictures) {
      if (picture.id.starts_with(stem) && !picture.curves.empty() && picture.by_system) return &picture;
    }
  }
  return nullptr;
}

bool measured(const SummaryLine* line) { return line != nullptr && line->standing == Standing::measured; }

// The rows of the cards, the same in all: what the scenario asks for, then the first figures that every system has, then those
// that some has.
std::vector<const SummaryLine*> key_figures(const ScenarioResult& result, const std::string& cell) {
  constexpr std::size_t most = 5;
  std::vector<const SummaryLine*> found;
  const auto take = [&](const SummaryLine& line, std::size_t systems) {
    const auto has = [&](const std::string& system) {
      return measured(find_line(result, system, cell, line.metric, line.stat));
    };
    const auto with = static_cast<std::size_t>(std::count_if(result.systems.begin(), result.systems.end(), has));
    const bool known = std::any_of(found.begin(), found.end(), [&](const SummaryLine* other) {
      return other->metric == line.metric && other->stat == line.stat;
    });
    if (line.cell == cell && found.size() < most && with >= systems && !known) found.push_back(&line);
  };
  for (const std::string& label : asked_metrics(result)) {
    for (const SummaryLine& line : result.lines) {
      if (metric_label(line.metric, line.stat) == label) take(line, 0);
    }
  }
  for (const std::size_t systems : {result.systems.size(), std::size_t{1}}) {
    for (const SummaryLine& line : result.lines) {
      if (line.headline) take(line, systems);
    }
  }
  return found;
}

// Of a sweep, and where no curve shows the systems: the figure that the scenario asks about, in each cell, under the cell's value where all cells
// lie along one axis.
std::string bars(const PagePart& part, std::size_t s, const std::string& asked) {
  constexpr std::size_t most = 8;
  const ScenarioResult& result = *part.result;
  const std::size_t shown = std::min(most, result.cells.size());
  const CellAxes axes = axes_of_cells(result.cells);
  const bool along = result.cells.size() > 1 && axes.names.size() == 1 && axes.names.front() != "cell";
  std::vector<SmallBar> mine;
  std::vector<const SummaryLine*> all;
  for (const SummaryLine& line : result.lines) {
    const auto cell =
        static_cast<std::size_t>(std::find(result.cells.begin(), result.cells.end(), line.cell) - result.cells.begin());
    if (cell >= shown || metric_label(line.metric, line.stat) != asked) continue;
    all.push_back(&line);
    if (line.system == result.systems[s]) mine.push_back({along ? axes.values[cell].front() : line.cell, &line});
  }
  if (mine.empty() || std::none_of(all.begin(), all.end(), measured)) return "";
  const std::string name = asked + (along ? " by " + axes.names.front() : "") +
                           (shown < result.cells.size() ? ", the first " + std::to_string(shown) + " of " +
                                                              std::to_string(result.cells.size()) + " cells"
                                                        : "");
  return svg_within_page(small_bars("small-" + std::to_string(s), name, s, mine, all), part.ids);
}

std::string card(const PagePart& part, std::size_t s, const Picture* picture, const std::string& asked) {
  const ScenarioResult& result = *part.result;
  const std::string& system = result.systems[s];
  std::string out = "<article class=\"card\">\n<h4>" + html_sign(s) + " " + svg_escaped(system) + "</h4>\n";
  const std::string cell = picture != nullptr ? picture->cell : result.cells.empty() ? "" : result.cells.front();
  if (picture != nullptr) {
    const auto curve =
        std::find_if(picture->curves.begin(), picture->curves.end(), [&](const Curve& c) { return c.series == s; });
    Curve none{system, s, {}, "no such figure"};
    out += svg_within_page(small_chart("small-" + std::to_string(s), picture->axes,
                                       curve == picture->curves.end() ? none : *curve, picture->curves),
                           part.ids);
  } else {
    out += bars(part, s, asked);
  }
  out += "<dl>\n";
  for (const SummaryLine* row : key_figures(result, cell)) {
    const SummaryLine* line = find_line(result, system, cell, row->metric, row->stat);
    const Cell words = line == nullptr ? Cell{"-", ""} : cell_of(*line);
    out += "<div><dt>" + svg_escaped(metric_label(row->metric, row->stat)) + "</dt><dd>" + svg_escaped(words.value) +
           (words.interval.empty() ? "" : " <small>" + svg_escaped(words.interval) + "</small>") + "</dd></div>\n";
  }
  return out + "</dl>\n</article>\n";
}

std::string systems(const PagePart& part) {
  const std::string asked = answer_of(*part.result).metric;
  const std::vector<SummaryLine>& lines = part.result->lines;
  // A sweep asks how a figure changes from cell to cell, which no curve of one cell shows.
  const bool swept = part.result->cells.size() > 1 && std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
                       return measured(&line) && metric_label(line.metric, line.stat) == asked;
                     });
  const Picture* picture = swept ? nullptr : side_by_side(part);
  std::string out = "<h3>" + std::string(part.result->systems.size() > 1 ? "Side by side" : "At a glance") + "</h3>\n";
  if (picture != nullptr) {
    out += "<p class=\"note\">" + svg_escaped(picture->title) +
           (picture->cell.empty() ? "" : ", " + svg_escaped(picture->cell)) +
           ". Bands and brackets are 95 % intervals over runs.</p>\n";
  } else if (!part.result->lines.empty()) {
    const std::string cell = part.result->cells.empty() ? "" : part.result->cells.front();
    out += "<p class=\"note\">Whiskers and brackets are 95 % intervals over runs." +
           (cell.empty() ? "" : " The list is of " + svg_escaped(cell) + ".") + "</p>\n";
  }
  out += "<div class=\"cards\">\n";
  for (std::size_t s = 0; s < part.result->systems.size(); ++s) out += card(part, s, picture, asked);
  return out + "</div>\n";
}

std::string warnings(const ScenarioResult& result) {
  std::vector<std::string> all = result.warnings;
  for (const std::string& sentence : thin_evidence(result)) all.push_back(sentence);
  if (all.empty()) return "";
  std::string out = "<div class=\"warnings\" role=\"note\">\n<h3>How far to trust it</h3>\n<ul>\n";
  for (const std::string& sentence : all) out += "<li>" + html_prose(sentence) + "</li>\n";
  return out + "</ul>\n</div>\n";
}

}  // namespace

std::string html_first_screen(const PagePart& part) {
  const ScenarioResult& result = *part.result;
  const bool several = !part.label.empty();
  std::string out = "<section class=\"first\">\n";
  if (several) {
    out += "<h2>" + svg_escaped(part.label) + "</h2>\n";
    if (!result.question.empty()) out += "<p class=\"question\">" + svg_escaped(result.question) + "</p>\n";
  } else {
    out += "<h2 class=\"unseen\">Answer</h2>\n";
  }
  out += "<p class=\"about\">" + svg_escaped(result.scenario) +
         (result.setup.empty() ? "" : ": " + svg_escaped(result.setup)) + ", seed " + std::to_string(result.seed) +
         "</p>\n";
  if (result.claim) out += claim(*result.claim);
  const StatedAnswer answer = answer_of(result);
  if (!answer.sentence.empty()) {
    out += "<p class=\"" + std::string(result.claim ? "figure" : "answer") + "\">" + html_prose(answer.sentence) +
           "</p>\n";
    if (!answer.meaning.empty()) out += "<p class=\"note\">" + html_prose(answer.meaning) + "</p>\n";
  }
  out += html_effects(part) + html_price(part) + expectations(result) + systems(part) + warnings(result);
  out += "<h3>Make it again</h3>\n<pre class=\"command\" tabindex=\"0\"><code>" + svg_escaped(result.command) +
         "</code></pre>\n";
  if (!result.runs.empty() && !result.runs.front().digest.empty()) {
    out += "<p class=\"note\">Reproduced when the digest of the first run is <code>" +
           svg_escaped(result.runs.front().digest) + "</code>.</p>\n";
  }
  return out + "</section>\n";
}

}  // namespace peerlab
