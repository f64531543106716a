#include <algorithm>
#include <cmath>

#include "analysis/report/comparison.h"
#include "analysis/report/html_sections.h"
#include "analysis/report/html_text.h"
#include "analysis/report/svg.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

struct Column {
  const PagePart* part = nullptr;
  std::string system;
  std::size_t series = 0;
  std::vector<const SummaryLine*> lines{};  ///< of one cell
};

bool measured(const SummaryLine& line) { return line.standing == Standing::measured && line.summary.has_value(); }

// By what a script sorts: infinite figures after all others, missing ones last.
std::string sort_key(const SummaryLine* line) {
  if (line == nullptr || !measured(*line)) return "";
  if (std::isinf(line->summary.value)) return line->censored > 0 ? in_file(line->censored_at) : "1e308";
  return in_file(line->summary.value);
}

std::string figure(const PagePart& part, const SummaryLine* line, const std::string& first) {
  if (line == nullptr) return "<td>-</td>";
  const Cell cell = cell_of(*line);
  const bool clear = line->system != first && measured(*line) &&
                     differ_clearly(*part.result, line->cell, line->metric, line->stat, first, line->system);
  std::string out = "<td data-v=\"" + sort_key(line) + "\"" + (measured(*line) ? "" : " class=\"none\"") + ">" +
                    svg_escaped(cell.value);
  if (clear) out += " <abbr title=\"differs clearly from " + svg_escaped(first) + "\">*</abbr>";
  if (!cell.interval.empty()) out += " <small>" + svg_escaped(cell.interval) + "</small>";
  return out + "</td>";
}

// The rows of one cell: every metric and statistic of any result, in the order in which they first occur.
std::vector<const SummaryLine*> rows_of(const std::vector<PagePart>& parts, const std::string& cell) {
  std::vector<const SummaryLine*> rows;
  for (const PagePart& part : parts) {
    for (const SummaryLine& line : part.result->lines) {
      if (line.cell != cell) continue;
      const bool known = std::any_of(rows.begin(), rows.end(), [&](const SummaryLine* row) {
        return row->metric == line.metric && row->stat == line.stat;
      });
      if (!known) rows.push_back(&line);
    }
  }
  return rows;
}

std::vector<std::string> cells_of(const std::vector<PagePart>& parts) {
  std::vector<std::string> cells;
  for (const PagePart& part : parts) {
    for (const std::string& cell : part.result->cells) {
      if (std::find(cells.begin(), cells.end(), cell) == cells.end()) cells.push_back(cell);
    }
  }
  return cells;
}

std::string table(const std::vector<PagePart>& parts, std::vector<Column> columns, const std::string& cell) {
  for (Column& column : columns) {
    for (const SummaryLine& line : column.part->result->lines) {
      if (line.cell == cell && line.system == column.system) column.lines.push_back(&line);
    }
  }
  const std::string caption = "All figures" + (cell.empty() ? "" : ", " + cell);
  std::string out = cell.empty() ? "" : "<h3>" + svg_escaped(cell) + "</h3>\n";
  out += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + svg_escaped(caption) +
         "\"><table class=\"figures\">\n<caption class=\"unseen\">" + svg_escaped(caption) +
         "</caption>\n<thead><tr><th scope=\"col\">figure</th>";
  for (const Column& column : columns) {
    out += "<th scope=\"col\">" + html_sign(column.series) + " " + svg_escaped(column.system) +
           (column.part->label.empty() ? "" : "<br><small>" + svg_escaped(column.part->label) + "</small>") + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
  for (const SummaryLine* row : rows_of(parts, cell)) {
    out += std::string("<tr") + (row->headline ? "" : " class=\"more\"") + "><th scope=\"row\">" +
           svg_escaped(metric_label(row->metric, row->stat)) + "</th>";
    for (const Column& column : columns) {
      const auto mine = [&](const SummaryLine* line) { return line->metric == row->metric && line->stat == row->stat; };
      const auto line = std::find_if(column.lines.begin(), column.lines.end(), mine);
      out += figure(*column.part, line == column.lines.end() ? nullptr : *line, column.part->result->systems.front());
    }
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string comparison(const Comparison& c) {
  ChartTable table{{"figure", c.first, c.second, "difference", ""}, {}};
  for (const Difference& d : c.differences) {
    if (!d.first.headline || d.first.standing != Standing::measured || d.second.standing != Standing::measured)
      continue;
    table.rows.push_back({metric_label(d.first.metric, d.first.stat), in_words(d.first), in_words(d.second),
                          difference_in_words(d), d.clear ? "differs" : ""});
  }
  const std::string title = c.first + " against " + c.second + (c.cell.empty() ? "" : ", " + c.cell);
  if (c.pairs == 0 || table.rows.empty()) return "";
  return "<h3>" + svg_escaped(title) + "</h3>\n<p class=\"note\">" + with_separators(c.pairs) +
         (c.pairs == 1 ? " pair" : " pairs") + " of runs with the same seed.</p>\n" + html_table(table, title);
}

}  // namespace

std::string html_figures(const std::vector<PagePart>& parts) {
  std::vector<Column> columns;
  for (const PagePart& part : parts) {
    const std::vector<std::string>& systems = part.result->systems;
    for (std::size_t s = 0; s < systems.size(); ++s) columns.push_back({&part, systems[s], s});
  }
  std::string out =
      "<section id=\"figures\">\n<h2>All figures</h2>\n<p class=\"note\">In brackets the 95 % interval over runs. "
      "* differs clearly from the first system of its result: the interval of the difference, taken run by run, "
      "leaves out 0. What no threat touched was not challenged; it is not 0.</p>\n";
  for (const std::string& cell : cells_of(parts)) out += table(parts, columns, cell);
  return out + "</section>\n";
}

std::string html_differences(const std::vector<PagePart>& parts) {
  if (parts.size() < 2) return "";
  std::string tables;
  const PagePart& first = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    for (const std::string& system : first.result->systems) {
      const std::vector<std::string>& others = parts[i].result->systems;
      const bool alone = first.result->systems.size() == 1 && others.size() == 1;
      if (!alone && std::find(others.begin(), others.end(), system) == others.end()) continue;
      const std::string& other = alone ? others.front() : system;
      for (const Comparison& c : compare({first.result, system, first.label + "@" + system},
                                         {parts[i].result, other, parts[i].label + "@" + other}))
        tables += comparison(c);
    }
  }
  if (tables.empty())
    tables = "<p class=\"note\">These results share no system and seed, so no difference is taken run by run.</p>\n";
  return "<section id=\"differences\">\n<h2>Differences</h2>\n" + tables + "</section>\n";
}

}  // namespace peerlab
