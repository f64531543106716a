#include "analysis/report/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/report/attack_price.h"
#include "analysis/report/claims_table.h"
#include "analysis/report/differences.h"
#include "analysis/report/effects.h"
#include "analysis/report/figures.h"
#include "analysis/report/layout.h"
#include "analysis/report/predictions_table.h"
#include "analysis/report/sweep_figures.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

class Printer {
 public:
  Printer(const ScenarioResult& result, const TerminalStyle& style)
      : result_(result), style_(style), width_(width_of(style)) {}

  std::string print(const HostFacts* host) {
    heading();
    const bool sweep = result_.cells.size() > 1;
    out_ += sweep ? print_sweep(result_, style_) : print_figures(result_, style_);
    const std::string differences = sweep ? "" : print_differences(result_, style_);  // the table marks them
    if (!differences.empty()) {
      line("");
      out_ += differences;
    }
    if (const std::string claim = print_claims({&result_}, style_); !claim.empty()) {
      line("");
      out_ += claim;
    }
    if (const std::string predictions = print_predictions(result_, style_); !predictions.empty()) {
      line("");
      out_ += predictions;
    }
    if (result_.effects) {
      line("");
      out_ += print_effects(*result_.effects, style_);
    }
    if (result_.price) {
      line("");
      out_ += print_price(*result_.price, style_);
    }
    expectations();
    warnings();
    ending(host);
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += trimmed(text) + "\n"; }
  // `digest  4f3a...`: a word in a column of its own, then a text that is wrapped beside it.
  void entry(std::string_view label, std::string_view text) {
    line(padded(std::string(label), 8) + indented(wrapped(text, width_ - 8), 8));
  }

  void heading() {
    line(painted(style_, "1", wrapped(result_.question.empty() ? result_.scenario : result_.question, width_)));
    std::string about = result_.question.empty() ? "" : result_.scenario + ": ";
    about += result_.setup.empty() ? "" : result_.setup + ", ";
    line(wrapped(about + "seed " + std::to_string(result_.seed), width_));
  }

  void expectations() {
    if (result_.expectations.empty()) return;
    line("");
    line(painted(style_, "1", "Expected"));
    for (std::size_t i = 0; i < result_.expectations.size(); ++i) expectation(i);
  }

  // `x < 1 where users=100` without its cell.
  [[nodiscard]] std::string without_cell(const std::string& text) const {
    for (const std::string& cell : result_.cells) {
      const std::string tail = " where " + cell;
      if (!cell.empty() && text.ends_with(tail)) return text.substr(0, text.size() - tail.size());
    }
    return text;
  }

  // In a sweep, what holds in every cell takes one line; each other cell has its own.
  void expectation(std::size_t i) {
    const std::vector<JudgedExpectation>& all = result_.expectations;
    const JudgedExpectation& e = all[i];
    const bool pass = e.verdict == ExpectationVerdict::pass;
    const bool fail = e.verdict == ExpectationVerdict::fail;
    std::string text = e.text;
    std::string explanation = e.explanation;
    if (const std::string plain = without_cell(e.text); plain != e.text && pass) {
      const auto of_same = [&](const JudgedExpectation& other) { return without_cell(other.text) == plain; };
      const auto passed = [&](const JudgedExpectation& other) {
        return of_same(other) && other.verdict == ExpectationVerdict::pass;
      };
      const auto cells = std::count_if(all.begin(), all.end(), of_same);
      const auto held = std::count_if(all.begin(), all.end(), passed);
      if (std::find_if(all.begin(), all.end(), passed) != all.begin() + static_cast<std::ptrdiff_t>(i)) return;
      if (cells > 1) {
        text = plain;
        explanation =
            held == cells ? fmt::format("in all {} cells", cells) : fmt::format("in {} of {} cells", held, cells);
      }
    }
    const std::string mark = style_.unicode ? (pass ? "✓" : fail ? "✗" : "?") : (pass ? "ok" : fail ? "NO" : "? ");
    const std::size_t indent = columns(mark) + 3;
    if (!explanation.empty()) text += (pass ? " (" : ": ") + explanation + (pass ? ")" : "");
    line("  " +
         painted(style_,
                 pass   ? "32"
                 : fail ? "31"
                        : "33",
                 mark) +
         " " + indented(wrapped(text, width_ - indent), indent));
  }

  void warnings() {
    std::vector<std::string> all = thin_evidence(result_);
    all.insert(all.begin(), result_.warnings.begin(), result_.warnings.end());
    if (!all.empty()) line("");
    for (const std::string& warning : all)
      line(painted(style_, "33", "!") + " " + indented(wrapped(warning, width_ - 2), 2));
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
      const std::string pictures = std::to_string(host->pictures) + (host->pictures == 1 ? " picture" : " pictures");
      if (!host->folder.empty()) {
        line("report  " + host->folder + "/report.html");
        line("files   " + host->folder + (host->pictures > 0 ? " (" + pictures + " in plots/)" : ""));
      }
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
