#include "analysis/report/figures.h"

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "analysis/report/comparison.h"
#include "analysis/report/layout.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

class Figures {
 public:
  Figures(const ScenarioResult& result, const TerminalStyle& style)
      : result_(result), style_(style), width_(width_of(style)) {}

  std::string print() {
    for (const std::string& cell : result_.cells) tables(cell);
    legend();
    missing();
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += trimmed(text) + "\n"; }

  struct Column {
    std::string system;
    std::vector<std::optional<Cell>> cells;  // by row; none: the system has no such metric
    std::size_t value_width = 0;
    std::size_t interval_width = 0;
  };

  [[nodiscard]] std::size_t width(const Column& c) const {
    const std::size_t both = stacked_ ? std::max(c.value_width, c.interval_width)
                                      : c.value_width + (c.interval_width > 0 ? 2 + c.interval_width : 0);
    return std::max(both, columns(c.system));
  }

  // One row per metric, as many systems side by side as the width allows, the others in further tables.
  void tables(const std::string& cell) {
    std::vector<const SummaryLine*> rows;  // the first system that has the metric stands for all
    for (const SummaryLine& l : result_.lines) {
      if (!l.headline || l.cell != cell || !somewhere(l)) continue;
      const bool known = std::any_of(rows.begin(), rows.end(),
                                     [&](const SummaryLine* r) { return r->metric == l.metric && r->stat == l.stat; });
      if (!known) rows.push_back(&l);
    }
    if (rows.empty()) return;
    std::size_t label = 0;
    for (const SummaryLine* row : rows) label = std::max(label, columns(metric_label(row->metric, row->stat)));
    std::vector<Column> all;
    for (const std::string& system : result_.systems) all.push_back(column(system, cell, rows));
    // Intervals stand beside their figures where all systems fit so, otherwise below them.
    stacked_ = all.size() > 1 && fitting(all, 0, label) < all.size();
    stacked_ = stacked_ &&
               std::all_of(all.begin(), all.end(), [&](const Column& c) { return label + 2 + width(c) <= width_; });
    for (std::size_t from = 0; from < all.size();) {
      const std::size_t to = fitting(all, from, label);
      table(cell, rows, label, std::span(all).subspan(from, to - from));
      from = to;
    }
  }

  // The end of the longest stretch of columns from `from` on that fits the width; at least one.
  [[nodiscard]] std::size_t fitting(const std::vector<Column>& all, std::size_t from, std::size_t label) const {
    std::size_t to = from;
    std::size_t used = label;
    while (to < all.size() && (to == from || used + 2 + width(all[to]) <= width_)) used += 2 + width(all[to++]);
    return to;
  }

  // Whether any system has a value of this metric in this cell.
  [[nodiscard]] bool somewhere(const SummaryLine& line) const {
    return std::any_of(result_.lines.begin(), result_.lines.end(), [&](const SummaryLine& l) {
      return l.metric == line.metric && l.stat == line.stat && l.cell == line.cell && l.standing == Standing::measured;
    });
  }

  // Beside a system that has a figure, the reason why this one has none takes no more room than a figure.
  [[nodiscard]] bool dashed(const SummaryLine& line) const {
    constexpr std::size_t short_reason = 14;
    return result_.systems.size() > 1 && line.standing != Standing::measured &&
           columns(cell_of(line).value) > short_reason;
  }

  // Metrics without a value anywhere take no row: they are named after the table, with the reason. So is what has a dash.
  void missing() {
    std::vector<std::pair<std::string, std::vector<std::string>>> reasons;  // (reason, metrics)
    for (const SummaryLine& l : result_.lines) {
      if (!l.headline || (somewhere(l) && !dashed(l))) continue;
      std::string reason = l.standing == Standing::not_challenged ? "Not challenged" : "Nothing to measure";
      if (somewhere(l)) reason = "No figure for " + l.system;
      if (!l.note.empty()) reason += " (" + l.note + ")";
      if (result_.cells.size() > 1) reason += " in " + l.cell;
      auto at = std::find_if(reasons.begin(), reasons.end(), [&](const auto& r) { return r.first == reason; });
      if (at == reasons.end()) at = reasons.insert(at, {reason, {}});
      if (std::find(at->second.begin(), at->second.end(), l.metric) == at->second.end()) at->second.push_back(l.metric);
    }
    if (!reasons.empty()) line("");
    for (const auto& [reason, metrics] : reasons) {
      line(indented(wrapped(reason + ": " + listed(metrics) + ".", width_ - 2), 2));
    }
  }

  // Names with commas; several with different brackets are named once, without.
  static std::string listed(const std::vector<std::string>& metrics) {
    const auto base = [](const std::string& m) { return m.substr(0, m.find('(')); };
    std::vector<std::string> names;
    for (const std::string& m : metrics) {
      const auto same = [&](const std::string& other) { return base(other) == base(m); };
      const std::string name = std::count_if(metrics.begin(), metrics.end(), same) > 1 ? base(m) : m;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
  }

  // Whether this figure is marked: it differs clearly from that of the first system.
  [[nodiscard]] bool differs(const std::string& system, const std::string& cell, const SummaryLine& line) const {
    if (system == result_.systems.front() || line.standing != Standing::measured) return false;
    return differ_clearly(result_, cell, line.metric, line.stat, result_.systems.front(), system);
  }

  // Words without an interval may reach below the intervals of other rows.
  [[nodiscard]] Column column(const std::string& system, const std::string& cell,
                              const std::vector<const SummaryLine*>& rows) const {
    Column c;
    c.system = system;
    std::size_t words = 0;
    for (const SummaryLine* row : rows) {
      const SummaryLine* found = find_line(result_, system, cell, row->metric, row->stat);
      if (found == nullptr) {
        c.cells.emplace_back();
        continue;
      }
      Cell last = cell_of(*found);
      if (dashed(*found)) last.value = "-";
      if (differs(system, cell, *found)) last.value += " *";
      c.cells.emplace_back(last);
      if (last.interval.empty()) {
        words = std::max(words, columns(last.value));
      } else {
        c.value_width = std::max(c.value_width, columns(last.value));
        c.interval_width = std::max(c.interval_width, columns(last.interval));
      }
    }
    const std::size_t both = c.value_width + (c.interval_width > 0 ? 2 + c.interval_width : 0);
    if (words > both) (c.interval_width > 0 ? c.interval_width : c.value_width) += words - both;
    return c;
  }

  void table(const std::string& cell, const std::vector<const SummaryLine*>& rows, std::size_t label,
             std::span<const Column> shown) {
    const bool fits = label + 2 + width(shown.front()) <= width_;  // else every figure takes a line of its own
    line("");
    std::string header = fits ? padded(cell, label) : cell;
    for (const Column& c : shown)
      header += (fits || cell.empty() ? std::string(fits ? 2 : 0, ' ') : ": ") + padded(c.system, width(c));
    line(painted(style_, "1", trimmed(header)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto has = [&](const Column& c) { return c.cells[i].has_value(); };
      if (std::none_of(shown.begin(), shown.end(), has)) continue;
      const std::string name = metric_label(rows[i]->metric, rows[i]->stat);
      std::string text = fits ? padded(name, label) : name + "\n  ";
      for (const Column& c : shown) text += "  " + figure(c, i);
      line(text);
      if (!stacked_) continue;
      std::string below(label, ' ');
      for (const Column& c : shown) below += "  " + padded(c.cells[i] ? c.cells[i]->interval : "", width(c));
      if (below.find_first_not_of(' ') != std::string::npos) line(painted(style_, "2", trimmed(below)));
    }
  }

  // A cell padded to the width of its column; what is painted takes no columns.
  [[nodiscard]] std::string figure(const Column& c, std::size_t i) const {
    const Cell cell = c.cells[i].value_or(Cell{"-", ""});
    if (cell.interval.empty() || stacked_) return padded(cell.value, width(c));
    const std::string value = padded(cell.value, c.value_width) + "  ";
    const std::size_t used = columns(value) + columns(cell.interval);
    return value + painted(style_, "2", cell.interval) + std::string(width(c) - std::min(used, width(c)), ' ');
  }

  void legend() {
    bool intervals = false;
    bool medians = false;
    bool marks = false;
    for (const SummaryLine& l : result_.lines) {
      if (!l.headline || l.standing != Standing::measured) continue;
      intervals = intervals || !cell_of(l).interval.empty();
      medians = medians || l.summary.how == Summary::How::median;
      marks = marks || differs(l.system, l.cell, l);
    }
    if (!intervals && !medians) return;
    line("");
    std::string text = "In brackets the 95 % interval.";
    if (medians) text += " Where a run says never, the figure is the median over runs.";
    if (marks) {
      text += " * differs from " + result_.systems.front() +
              ": the 95 % interval of the difference, taken run by run, leaves out 0.";
    }
    line(painted(style_, "2", wrapped(text, width_)));
  }

  const ScenarioResult& result_;
  const TerminalStyle& style_;
  std::size_t width_;
  bool stacked_ = false;  ///< intervals stand below their figures
  std::string out_;
};

}  // namespace

std::string print_figures(const ScenarioResult& result, const TerminalStyle& style) {
  return Figures(result, style).print();
}

}  // namespace peerlab
