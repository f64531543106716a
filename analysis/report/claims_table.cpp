#include "analysis/report/claims_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/comparison.h"
#include "analysis/report/layout.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

/// A line of the table: a label, a mark, and what stands under each system.
struct TableRow {
  std::string label;
  std::string mark;
  std::vector<Cell> under;
};

std::string mark_of(ClaimVerdict verdict, bool unicode) {
  switch (verdict) {
    case ClaimVerdict::holds: return unicode ? "✓" : "+";
    case ClaimVerdict::fails: return unicode ? "✗" : "x";
    case ClaimVerdict::inconclusive: return "?";
    case ClaimVerdict::not_challenged: return "-";
    case ClaimVerdict::depends:
    case ClaimVerdict::none: break;
  }
  return " ";
}

std::string_view colour_of(ClaimVerdict verdict) {
  if (verdict == ClaimVerdict::holds) return "1;32";
  if (verdict == ClaimVerdict::fails) return "1;31";
  return "1;33";
}

class ClaimBlock {
 public:
  ClaimBlock(const ScenarioResult& result, const TerminalStyle& style)
      : result_(result), claim_(*result.claim), style_(style), width_(width_of(style)) {}

  std::string print() {
    heading();
    const std::vector<TableRow> rows = table_rows();
    for (std::size_t from = 0; from < result_.systems.size();) from = columns_from(from, rows);
    if (!claim_.on_what.empty()) paragraph(claim_.on_what);
    if (claim_.cells.size() > 1) {
      for (const JudgedClaim::Criterion& one : claim_.criteria) {
        paragraph(fmt::format("`{}`: {} of {}", one.text, one.holds, one.holds + one.fails + one.inconclusive));
      }
    }
    for (const std::string& limit : claim_.limits) paragraph("Not measured: " + limit);
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += trimmed(text) + "\n"; }
  void paragraph(const std::string& text) { line("  " + indented(wrapped(text, width_ - 2), 2)); }

  void heading() {
    const std::string verdict(claim_word(claim_.verdict));
    const std::string sentence = wrapped(claim_.sentence, width_ - 16);
    const std::size_t end = std::min(sentence.find('\n'), sentence.size());
    const std::size_t space = width_ - std::min(width_, columns(sentence.substr(0, end)) + columns(verdict));
    line(painted(style_, "1", sentence.substr(0, end)) + std::string(space, ' ') +
         painted(style_, colour_of(claim_.verdict), verdict) + painted(style_, "1", sentence.substr(end)));
  }

  [[nodiscard]] std::string label_of(const JudgedClaim::InCell& cell, const JudgedClaim::Figure& figure) const {
    const std::string metric = metric_label(figure.metric, figure.stat);
    if (claim_.cells.size() == 1) return metric;
    std::string levels;
    for (const auto& [factor, level] : cell.levels) levels += (levels.empty() ? "" : " ") + level;
    if (claim_.figures.size() == 1) return levels;
    const bool first = &figure == &claim_.figures.front();
    return first ? levels + ": " + metric : "  " + metric;
  }

  /// How many times the first system's figure is the other's; a dash where either is never reached.
  [[nodiscard]] Cell ratio(const JudgedClaim::Figure& f, const std::string& cell, const std::string& system) const {
    for (const std::string& one : {result_.systems.front(), system}) {
      const SummaryLine* line = find_line(result_, one, cell, f.metric, f.stat);
      if (line == nullptr || std::isinf(line->summary.value)) return {"-", ""};
    }
    const Summary s = paired_ratio({{&result_, result_.systems.front(), ""}, f.metric, f.stat},
                                   {{&result_, system, ""}, f.metric, f.stat}, cell);
    if (!s.has_value()) return {"-", ""};
    const bool interval = s.n >= 2;
    SummaryLine told;
    told.unit = "times";
    told.summary = s;
    told.summary.ci95_low = std::max(0.0, s.ci95_low);
    const Cell words = cell_of(told);
    return {words.value, interval ? words.interval : ""};
  }

  [[nodiscard]] std::vector<TableRow> table_rows() const {
    std::vector<TableRow> rows;
    for (const JudgedClaim::InCell& cell : claim_.cells) {
      for (std::size_t f = 0; f < claim_.figures.size(); ++f) {
        const JudgedClaim::Figure& figure = claim_.figures[f];
        TableRow row{label_of(cell, figure), f == 0 ? mark_of(cell.verdict, style_.unicode) : " ", {}};
        TableRow times{"  " + result_.systems.front() + "'s is", " ", {}};
        for (const std::string& system : result_.systems) {
          const SummaryLine* found = find_line(result_, system, cell.cell, figure.metric, figure.stat);
          row.under.push_back(found == nullptr ? Cell{"-", ""} : cell_of(*found));
          times.under.push_back(&system == &result_.systems.front() ? Cell{} : ratio(figure, cell.cell, system));
        }
        rows.push_back(std::move(row));
        if (claim_.ratios) rows.push_back(std::move(times));
      }
    }
    return rows;
  }

  /// A table of the systems from `from` on, as many as fit; where the next one begins.
  std::size_t columns_from(std::size_t from, const std::vector<TableRow>& rows) {
    std::size_t label = 0;
    for (const TableRow& row : rows) label = std::max(label, columns(row.label));
    label = std::min(label + 4, width_ / 2);
    std::vector<std::size_t> widths;
    std::size_t used = label;
    std::size_t to = from;
    for (; to < result_.systems.size(); ++to) {
      std::size_t wide = columns(result_.systems[to]);
      for (const TableRow& row : rows) {
        wide = std::max({wide, columns(row.under[to].value), columns(row.under[to].interval)});
      }
      if (to > from && used + wide + 2 > width_) break;
      used += wide + 2;
      widths.push_back(wide);
    }
    std::string header = padded(claim_.figures.size() == 1 && claim_.cells.size() > 1
                                    ? "    " + metric_label(claim_.figures.front().metric, claim_.figures.front().stat)
                                    : "",
                                label);
    for (std::size_t s = from; s < to; ++s) header += "  " + padded(result_.systems[s], widths[s - from]);
    line(header);
    for (const TableRow& row : rows) {
      bool empty = true;
      for (std::size_t s = from; s < to; ++s) empty = empty && row.under[s].value.empty();
      if (empty) continue;  // the first system beside itself
      std::string values = padded("  " + row.mark + " " + row.label, label);
      std::string intervals = padded("", label);
      bool any = false;
      for (std::size_t s = from; s < to; ++s) {
        values += "  " + padded(row.under[s].value, widths[s - from]);
        intervals += "  " + padded(row.under[s].interval, widths[s - from]);
        any = any || !row.under[s].interval.empty();
      }
      line(values);
      if (any) line(painted(style_, "2", trimmed(intervals)));
    }
    return to;
  }

  const ScenarioResult& result_;
  const JudgedClaim& claim_;
  const TerminalStyle& style_;
  std::size_t width_;
  std::string out_;
};

}  // namespace

std::string print_claims(const std::vector<const ScenarioResult*>& results, const TerminalStyle& style) {
  std::string out;
  for (const ScenarioResult* result : results) {
    if (!result->claim) continue;
    out += (out.empty() ? "" : "\n") + ClaimBlock(*result, style).print();
  }
  if (out.empty()) return out;
  const std::string rule =
      "A claim holds where all of its criteria do, on intervals of 95 % for all cells of its grid together; it fails "
      "where "
      "one of them clearly does not. Systems are compared run by run, on the same seeds. In brackets the 95 % "
      "interval.";
  return out + "\n" + wrapped(rule, width_of(style)) + "\n";
}

}  // namespace peerlab
