#include "analysis/report/sweep_figures.h"

#include <algorithm>
#include <vector>

#include "analysis/report/cell_axes.h"
#include "analysis/report/comparison.h"
#include "analysis/report/layout.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

using Texts = std::vector<std::string>;

struct Column {
  std::string title;
  Texts cells;  // by cell of the sweep
  std::size_t width = 0;
};

class Sweep {
 public:
  Sweep(const ScenarioResult& result, const TerminalStyle& style)
      : result_(result), style_(style), width_(width_of(style)), labels_(axes_of_cells(result.cells)) {}

  std::string print() {
    if (result_.systems.size() == 1) {
      std::vector<Column> columns;
      for (const SummaryLine* metric : metrics()) columns.push_back(column(*metric, result_.systems.front(), ""));
      table("", columns);
    } else {
      for (const SummaryLine* metric : metrics()) {
        std::vector<Column> columns;
        for (const std::string& system : result_.systems) {
          if (has_figure(*metric, system)) columns.push_back(column(*metric, system, system));
        }
        table(metric_label(metric->metric, metric->stat), columns);
      }
    }
    legend();
    missing();
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += trimmed(text) + "\n"; }

  static bool same(const SummaryLine& a, const SummaryLine& b) { return a.metric == b.metric && a.stat == b.stat; }

  // One line of each metric that has a figure somewhere.
  [[nodiscard]] std::vector<const SummaryLine*> metrics() const {
    std::vector<const SummaryLine*> out;
    for (const SummaryLine& l : result_.lines) {
      if (!l.headline || l.standing != Standing::measured) continue;
      if (std::none_of(out.begin(), out.end(), [&](const SummaryLine* known) { return same(*known, l); }))
        out.push_back(&l);
    }
    return out;
  }

  [[nodiscard]] bool has_figure(const SummaryLine& metric, const std::string& system) const {
    return std::any_of(result_.lines.begin(), result_.lines.end(), [&](const SummaryLine& l) {
      return same(l, metric) && l.system == system && l.standing == Standing::measured;
    });
  }

  Column column(const SummaryLine& metric, const std::string& system, const std::string& title) {
    Column c;
    c.title = title.empty() ? metric_label(metric.metric, metric.stat) : title;
    std::vector<Cell> figures;
    std::size_t value_width = 0;
    for (const std::string& cell : result_.cells) {
      const SummaryLine* found = find_line(result_, system, cell, metric.metric, metric.stat);
      Cell figure = found == nullptr ? Cell{"-", ""} : cell_of(*found);
      if (found != nullptr && found->standing != Standing::measured) figure = {"-", ""};
      if (found != nullptr && found->standing == Standing::measured && system != result_.systems.front() &&
          differ_clearly(result_, cell, metric.metric, metric.stat, result_.systems.front(), system)) {
        figure.value += " *";
        marks_ = true;
      }
      if (!figure.interval.empty()) {
        intervals_ = true;
        value_width = std::max(value_width, columns(figure.value));
      }
      if (found != nullptr && found->summary.how == Summary::How::median) medians_ = true;
      figures.push_back(std::move(figure));
    }
    c.width = columns(c.title);
    for (const Cell& figure : figures) {
      c.cells.push_back(figure.interval.empty() ? figure.value
                                                : padded(figure.value, value_width) + "  " + figure.interval);
      c.width = std::max(c.width, columns(c.cells.back()));
    }
    return c;
  }

  void table(const std::string& title, const std::vector<Column>& all) {
    std::vector<std::size_t> label_widths;
    std::size_t label = 0;
    for (std::size_t k = 0; k < labels_.names.size(); ++k) {
      std::size_t width = columns(labels_.names[k]);
      for (const Texts& row : labels_.values) width = std::max(width, columns(row[k]));
      label_widths.push_back(width);
      label += width + 2;
    }
    for (std::size_t from = 0; from < all.size();) {
      std::size_t to = from;
      std::size_t used = label;
      while (to < all.size() && (to == from || used + all[to].width + 2 <= width_ + 2)) used += all[to++].width + 2;
      line("");
      if (!title.empty()) line(painted(style_, "1", title));
      std::string header;
      for (std::size_t k = 0; k < labels_.names.size(); ++k) header += padded(labels_.names[k], label_widths[k] + 2);
      for (std::size_t c = from; c < to; ++c) header += padded(all[c].title, all[c].width + 2);
      line(title.empty() ? painted(style_, "1", trimmed(header)) : painted(style_, "2", trimmed(header)));
      for (std::size_t row = 0; row < labels_.values.size(); ++row) {
        std::string text;
        for (std::size_t k = 0; k < labels_.names.size(); ++k)
          text += padded(labels_.values[row][k], label_widths[k] + 2);
        for (std::size_t c = from; c < to; ++c) text += padded(all[c].cells[row], all[c].width + 2);
        line(text);
      }
      from = to;
    }
  }

  void legend() {
    if (!intervals_ && !medians_ && !marks_) return;
    std::string text = intervals_ ? "In brackets the 95 % interval." : "";
    if (medians_) text += " Where a run says never, the figure is the median over runs.";
    if (marks_) {
      text += " * differs from " + result_.systems.front() +
              ": the 95 % interval of the difference, taken run by run, leaves out 0.";
    }
    line("");
    line(painted(style_, "2", wrapped(text, width_)));
  }

  void missing() {
    std::vector<std::pair<std::string, Texts>> reasons;
    const std::vector<const SummaryLine*> shown = metrics();
    for (const SummaryLine& l : result_.lines) {
      if (!l.headline || std::any_of(shown.begin(), shown.end(), [&](const SummaryLine* s) { return same(*s, l); }))
        continue;
      std::string reason = l.standing == Standing::not_challenged ? "Not challenged" : "Nothing to measure";
      if (!l.note.empty()) reason += " (" + l.note + ")";
      auto at = std::find_if(reasons.begin(), reasons.end(), [&](const auto& r) { return r.first == reason; });
      if (at == reasons.end()) at = reasons.insert(at, {reason, {}});
      if (std::find(at->second.begin(), at->second.end(), l.metric) == at->second.end()) at->second.push_back(l.metric);
    }
    if (!reasons.empty()) line("");
    for (const auto& [reason, names] : reasons) {
      std::string text = reason + ": ";
      for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "" : ", ") + names[i];
      line(indented(wrapped(text + ".", width_ - 2), 2));
    }
  }

  const ScenarioResult& result_;
  const TerminalStyle& style_;
  std::size_t width_;
  CellAxes labels_;
  bool intervals_ = false;
  bool medians_ = false;
  bool marks_ = false;
  std::string out_;
};

}  // namespace

std::string print_sweep(const ScenarioResult& result, const TerminalStyle& style) {
  return Sweep(result, style).print();
}

}  // namespace peerlab
