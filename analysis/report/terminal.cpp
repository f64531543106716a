#include "analysis/report/terminal.h"

#include <fmt/format.h>

#include <algorithm>
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

// Text in lines of at most `width` columns, broken at spaces; lines after the first begin with `indent` spaces.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent = 0) {
  std::string out;
  std::size_t at = 0;
  std::size_t used = 0;
  while (at < text.size()) {
    const std::size_t space = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, space - at);
    at = space + 1;
    if (word.empty()) continue;
    if (used > 0 && used + 1 + columns(word) > width) {
      out += "\n" + std::string(indent, ' ');
      used = indent;
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
    expectations();
    warnings();
    ending(host);
    return out_;
  }

 private:
  [[nodiscard]] std::string painted(std::string_view code, const std::string& text) const {
    return style_.colour ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
  }
  void line(std::string text) {
    while (!text.empty() && text.back() == ' ') text.pop_back();
    out_ += text + "\n";
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
      if (!l.headline || l.cell != cell) continue;
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
      table(cell, rows, label,
            {all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to)});
      from = to;
    }
  }

  struct Column {
    std::string system;
    std::vector<Cell> cells;
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
      c.cells.push_back(found == nullptr ? Cell{"-", ""} : cell_of(*found));
      const Cell& last = c.cells.back();
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
             const std::vector<Column>& shown) {
    line("");
    std::string header = padded(cell, label);
    for (const Column& c : shown) header += "  " + padded(c.system, c.width());
    line(painted("1", header));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::string text = padded(metric_label(rows[i]->metric, rows[i]->stat), label);
      for (const Column& c : shown) {
        const Cell& one = c.cells[i];
        std::string both = one.interval.empty() ? one.value : padded(one.value, c.value_width) + "  ";
        const std::size_t used = columns(both) + columns(one.interval);
        if (!one.interval.empty()) both += painted("2", one.interval);
        const bool fits = label + 2 + c.width() <= width_;  // else the figure takes the next line
        text += fits ? "  " : "\n    ";
        text += both;
        if (used < c.width()) text.append(c.width() - used, ' ');
      }
      line(text);
    }
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
      std::string digest = "digest  " + result_.runs.front().digest;
      if (result_.runs.size() > 1) digest += fmt::format(" (first of {} runs)", result_.runs.size());
      line(wrapped(digest, width_, 8));
    }
    if (host != nullptr) {
      std::uint64_t events = 0;
      for (const RunRecord& run : result_.runs) events += run.events;
      line(wrapped(fmt::format("took    {} for {}", in_words(host->wall_seconds, "s"),
                               in_words(static_cast<double>(events), "events")),
                   width_, 8));
      if (!host->folder.empty()) line("files   " + host->folder);
    }
    for (std::size_t i = 0; i < result_.look.size(); ++i) {
      line(wrapped((i == 0 ? "look    " : "        ") + result_.look[i], width_, 8));
    }
    if (!result_.next.empty()) line(wrapped("next    " + result_.next, width_, 8));
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
