#include "analysis/report/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "analysis/report/words.h"

namespace peerlab {
namespace {

// Columns that a text takes: code points, which is right for everything that this table prints.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t has = columns(text);
  if (has < width) text.append(width - has, ' ');
  return text;
}

// Text in lines of at most `width` columns, broken at spaces.
std::string wrapped(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < text.size()) {
    const std::size_t space = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, space - at);
    at = space + 1;
    if (word.empty()) continue;
    if (used > 0 && used + 1 + columns(word) > width) {
      out += '\n';
      used = 0;
    } else if (used > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += columns(word);
  }
  return out;
}

class Printer {
 public:
  Printer(const ScenarioResult& result, const TerminalStyle& style)
      : result_(result), style_(style), width_(std::max<std::size_t>(style.width, 40)) {}

  std::string print(const HostFacts* host) {
    heading();
    for (const std::string& cell : result_.cells) tables(cell);
    legend();
    missing();
    expectations();
    warnings();
    ending(host);
    return out_;
  }

 private:
  [[nodiscard]] std::string painted(std::string_view code, const std::string& text) const {
    return style_.colour ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
  }
  static std::string trimmed(std::string text) {
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
  }
  void line(const std::string& text) { out_ += trimmed(text) + "\n"; }
  // `digest  4f3a...`: a word in a column of its own, then a text that is wrapped beside it.
  void entry(std::string_view label, std::string_view text) {
    line(padded(std::string(label), 8) + indented(wrapped(text, width_ - 8), 8));
  }

  void heading() {
    line(painted("1", wrapped(result_.question.empty() ? result_.scenario : result_.question, width_)));
    std::string about = result_.question.empty() ? "" : result_.scenario + ": ";
    about += result_.setup.empty() ? "" : result_.setup + ", ";
    line(wrapped(about + "seed " + std::to_string(result_.seed), width_));
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
    for (std::size_t from = 0; from < all.size();) {
      std::size_t to = from;
      std::size_t used = label;
      while (to < all.size() && (to == from || used + 2 + all[to].width() <= width_)) used += 2 + all[to++].width();
      table(cell, rows, label, std::span(all).subspan(from, to - from));
      from = to;
    }
  }

  // Whether any system has a value of this metric in this cell.
  [[nodiscard]] bool somewhere(const SummaryLine& line) const {
    return std::any_of(result_.lines.begin(), result_.lines.end(), [&](const SummaryLine& l) {
      return l.metric == line.metric && l.stat == line.stat && l.cell == line.cell && l.standing == Standing::measured;
    });
  }

  // Metrics without a value anywhere take no row: they are named after the table, with the reason.
  void missing() {
    std::vector<std::pair<std::string, std::vector<std::string>>> reasons;  // (reason, metrics)
    for (const SummaryLine& l : result_.lines) {
      if (!l.headline || somewhere(l)) continue;
      std::string reason = l.standing == Standing::not_challenged ? "Not challenged" : "No figure";
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

  struct Column {
    std::string system;
    std::vector<std::optional<Cell>> cells;  // by row; none: the system has no such metric
    std::size_t value_width = 0;
    std::size_t interval_width = 0;
    [[nodiscard]] std::size_t width() const {
      const std::size_t both = value_width + (interval_width > 0 ? 2 + interval_width : 0);
      return std::max(both, columns(system));
    }
  };

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
      const Cell last = cell_of(*found);
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
    const bool fits = label + 2 + shown.front().width() <= width_;  // else every figure takes a line of its own
    line("");
    std::string header = fits ? padded(cell, label) : cell;
    for (const Column& c : shown)
      header += (fits || cell.empty() ? std::string(fits ? 2 : 0, ' ') : ": ") + padded(c.system, c.width());
    line(painted("1", trimmed(header)));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto has = [&](const Column& c) { return c.cells[i].has_value(); };
      if (std::none_of(shown.begin(), shown.end(), has)) continue;
      const std::string name = metric_label(rows[i]->metric, rows[i]->stat);
      std::string text = fits ? padded(name, label) : name + "\n  ";
      for (const Column& c : shown) text += "  " + figure(c, i);
      line(text);
    }
  }

  // A cell padded to the width of its column; what is painted takes no columns.
  [[nodiscard]] std::string figure(const Column& c, std::size_t i) const {
    const Cell cell = c.cells[i].value_or(Cell{"-", ""});
    if (cell.interval.empty()) return padded(cell.value, c.width());
    const std::string value = padded(cell.value, c.value_width) + "  ";
    const std::size_t used = columns(value) + columns(cell.interval);
    return value + painted("2", cell.interval) + std::string(c.width() - std::min(used, c.width()), ' ');
  }

  void legend() {
    bool intervals = false;
    bool medians = false;
    for (const SummaryLine& l : result_.lines) {
      if (!l.headline || l.standing != Standing::measured) continue;
      intervals = intervals || !cell_of(l).interval.empty();
      medians = medians || l.summary.how == Summary::How::median;
    }
    if (!intervals && !medians) return;
    line("");
    std::string text = "In brackets the 95 % interval.";
    if (medians) text += " Where a run says never, the figure is the median over runs.";
    line(painted("2", wrapped(text, width_)));
  }

  void expectations() {
    if (result_.expectations.empty()) return;
    line("");
    line(painted("1", "Expected"));
    for (const JudgedExpectation& e : result_.expectations) {
      const bool pass = e.verdict == ExpectationVerdict::pass;
      const bool fail = e.verdict == ExpectationVerdict::fail;
      const std::string mark = style_.unicode ? (pass ? "✓" : fail ? "✗" : "?") : (pass ? "ok" : fail ? "NO" : "? ");
      const std::size_t indent = columns(mark) + 3;
      std::string text = e.text;
      if (!e.explanation.empty()) text += (pass ? " (" : ": ") + e.explanation + (pass ? ")" : "");
      line("  " +
           painted(pass   ? "32"
                   : fail ? "31"
                          : "33",
                   mark) +
           " " + indented(wrapped(text, width_ - indent), indent));
    }
  }

  static std::string indented(const std::string& text, std::size_t by) {
    std::string out;
    for (const char c : text) {
      out += c;
      if (c == '\n') out.append(by, ' ');
    }
    return out;
  }

  void warnings() {
    std::vector<std::string> all = thin_evidence(result_);
    all.insert(all.begin(), result_.warnings.begin(), result_.warnings.end());
    if (!all.empty()) line("");
    for (const std::string& warning : all) line(painted("33", "!") + " " + indented(wrapped(warning, width_ - 2), 2));
  }

  void ending(const HostFacts* host) {
    line("");
    if (!result_.runs.empty()) {
      std::string digest = result_.runs.front().digest;
      if (result_.runs.size() > 1) digest += fmt::format(" (first of {} runs)", result_.runs.size());
      entry("digest", digest);
    }
    if (host != nullptr) {
      std::uint64_t events = 0;
      for (const RunRecord& run : result_.runs) events += run.events;
      entry("took", in_words(host->wall_seconds, "s") + " for " + in_words(static_cast<double>(events), "events"));
      if (!host->folder.empty()) line("files   " + host->folder);
    }
    for (std::size_t i = 0; i < result_.look.size(); ++i) entry(i == 0 ? "look" : "", result_.look[i]);
    next();
  }

  // What to try next, one suggestion a line. A command that is too long goes on after a backslash, as a shell reads it.
  void next() {
    std::string_view left = result_.next;
    for (std::string_view label = "next"; !left.empty(); label = "") {
      const std::size_t end = std::min(left.find('\n'), left.size());
      const std::string_view one = left.substr(0, end);
      left.remove_prefix(std::min(end + 1, left.size()));
      std::string text = wrapped(one, width_ - 10);
      if (one.starts_with("peerlab ")) {
        for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 3) text.insert(at, " \\");
      }
      line(padded(std::string(label), 8) + indented(text, 8));
    }
  }

  const ScenarioResult& result_;
  const TerminalStyle& style_;
  std::size_t width_;
  std::string out_;
};

}  // namespace

std::string print_terminal(const ScenarioResult& result, const TerminalStyle& style, const HostFacts* host) {
  return Printer(result, style).print(host);
}

}  // namespace peerlab
