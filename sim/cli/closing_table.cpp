#include "sim/cli/closing_table.h"

#include <algorithm>

#include "analysis/report/layout.h"
#include "sim/cli/progress_line.h"

namespace peerlab {
namespace {

std::string on_the_right(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string row(const std::string& name, std::size_t width, const std::string& held, const std::string& failed,
                const std::string& inconclusive, const std::string& time) {
  return padded(name, width) + on_the_right(held, 6) + on_the_right(failed, 8) + on_the_right(inconclusive, 14) + "  " +
         time + "\n";
}

}  // namespace

ClosingLine closing_line(const std::string& scenario, const RunReport& report, double seconds) {
  ClosingLine line;
  line.scenario = scenario;
  line.seconds = seconds;
  if (!report.problems.empty()) line.trouble = "not valid";
  if (report.interrupted) line.trouble = "interrupted";
  if (!line.trouble.empty()) return line;
  for (const JudgedExpectation& e : report.result.expectations) {
    if (e.verdict == ExpectationVerdict::pass) ++line.held;
    if (e.verdict == ExpectationVerdict::fail) ++line.failed;
    if (e.verdict == ExpectationVerdict::inconclusive) ++line.inconclusive;
  }
  return line;
}

std::string closing_table(const std::vector<ClosingLine>& lines, std::size_t all) {
  std::size_t width = 8;
  for (const ClosingLine& l : lines) width = std::max(width, columns(l.scenario));
  std::string out = row("scenario", width, "held", "failed", "inconclusive", "time");
  ClosingLine sum;
  for (const ClosingLine& l : lines) {
    sum.held += l.held;
    sum.failed += l.failed;
    sum.inconclusive += l.inconclusive;
    sum.seconds += l.seconds;
    if (!l.trouble.empty()) {
      out += padded(l.scenario, width) + "  " + padded(l.trouble, 26) + "  " + in_minutes(l.seconds) + "\n";
    } else {
      out += row(l.scenario, width, std::to_string(l.held), std::to_string(l.failed), std::to_string(l.inconclusive),
                 in_minutes(l.seconds));
    }
  }
  out += row("all", width, std::to_string(sum.held), std::to_string(sum.failed), std::to_string(sum.inconclusive),
             in_minutes(sum.seconds));
  if (lines.size() < all)
    out += std::to_string(all - lines.size()) + " of " + std::to_string(all) + " did not begin.\n";
  return out;
}

}  // namespace peerlab
