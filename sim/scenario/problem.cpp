#include "sim/scenario/problem.h"

#include <algorithm>
#include <tuple>

namespace peerlab {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// `text` without what a terminal would take for a command.
std::string harmless(const std::string& text) {
  std::string out = text;
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return out;
}

}  // namespace

std::string excerpt_of(std::string_view line, std::size_t& at) {
  constexpr std::size_t widest = 100;
  at = std::min(at, line.size());
  std::size_t from = at > widest - 20 ? at - (widest - 20) : 0;
  while (from > 0 && from < line.size() && continues(line[from])) --from;
  std::size_t to = std::min(line.size(), from + widest);
  while (to < line.size() && continues(line[to])) ++to;
  std::string out = from > 0 ? "..." : "";
  at = at - from + out.size();
  out += line.substr(from, to - from);
  return to < line.size() ? out + "..." : out;
}

std::string format_problem(const Problem& problem) {
  std::string out = harmless(problem.file);
  if (problem.line > 0) out += ":" + std::to_string(problem.line) + ":" + std::to_string(std::max(1U, problem.column));
  out += ": " + harmless(problem.sentence) + "\n";
  if (problem.line == 0 || problem.source_line.empty()) return out;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < problem.caret && i < problem.source_line.size(); ++i) {
    shown += continues(problem.source_line[i]) ? 0 : 1;
  }
  out += "  " + harmless(problem.source_line) + "\n";
  return out + "  " + std::string(shown, ' ') + "^\n";
}

void add_problem(Problems& problems, Problem problem) {
  constexpr std::size_t most = 500;
  if (problems.size() < most) problems.push_back(std::move(problem));
}

std::string format_problems(Problems problems) {
  constexpr std::size_t most = 50;
  const auto key = [](const Problem& p) { return std::tie(p.file, p.line, p.column, p.sentence); };
  const auto before = [&](const Problem& a, const Problem& b) { return key(a) < key(b); };
  const auto same = [&](const Problem& a, const Problem& b) { return key(a) == key(b); };
  std::stable_sort(problems.begin(), problems.end(), before);
  problems.erase(std::unique(problems.begin(), problems.end(), same), problems.end());
  std::string out;
  for (std::size_t i = 0; i < std::min(most, problems.size()); ++i) out += format_problem(problems[i]);
  if (problems.size() > most) out += "... and " + std::to_string(problems.size() - most) + " more problems.\n";
  return out;
}

}  // namespace peerlab
