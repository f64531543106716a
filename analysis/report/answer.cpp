#include "analysis/report/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "analysis/measures/measure.h"
#include "analysis/report/comparison.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

// The words of an expectation that end in `@system`, or the first word where none does.
struct Named {
  std::vector<std::string> metrics;
  std::vector<std::string> systems;
};

Named named_in(std::string_view text) {
  Named named;
  // A metric may hold spaces within brackets: `available.writes(10 s)@p2p`.
  std::string word;
  int depth = 0;
  std::string first;
  const auto finish = [&] {
    const std::size_t at = word.rfind('@');
    if (at != std::string::npos) {
      named.metrics.push_back(word.substr(0, at));
      named.systems.push_back(word.substr(at + 1));
    }
    if (first.empty()) first = word;
    word.clear();
  };
  for (const char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ' ' && depth <= 0) {
      finish();
    } else {
      word += c;
    }
  }
  finish();
  if (named.metrics.empty()) named.metrics.push_back(first);
  return named;
}

// An expectation may leave the statistic out: the first line of that metric is meant then.
const SummaryLine* line_named(const ScenarioResult& result, const std::string& name) {
  for (const SummaryLine& line : result.lines) {
    if (metric_label(line.metric, line.stat) == name || line.metric + "." + line.stat == name) return &line;
  }
  for (const SummaryLine& line : result.lines) {
    if (line.metric == name) return &line;
  }
  return nullptr;
}

bool has_figure(const SummaryLine& line) { return line.standing == Standing::measured && line.summary.has_value(); }

const SummaryLine* asked_line(const ScenarioResult& result) {
  const SummaryLine* first = nullptr;
  for (const JudgedExpectation& e : result.expectations) {
    const Named named = named_in(e.text);
    const SummaryLine* line = line_named(result, named.metrics.front());
    if (line == nullptr) continue;
    if (named.systems.size() == 2 && named.systems[0] != named.systems[1] && named.metrics[0] == named.metrics[1])
      return line;
    if (first == nullptr) first = line;
  }
  if (first != nullptr) return first;
  for (const SummaryLine& line : result.lines) {
    if (line.headline && has_figure(line)) return &line;
  }
  return nullptr;
}

std::string figure_of(const SummaryLine& line, bool named) {
  return in_words(line) + (named ? " for `" + line.system + "`" : "");
}

// Of the first two systems that both have the figure.
std::string difference(const ScenarioResult& result, const std::vector<const SummaryLine*>& lines) {
  std::vector<const SummaryLine*> figures;
  for (const SummaryLine* line : lines) {
    if (has_figure(*line)) figures.push_back(line);
  }
  if (figures.size() < 2) return "";
  const SummaryLine& a = *figures[0];
  const SummaryLine& b = *figures[1];
  const Term first{{&result, a.system, ""}, a.metric, a.stat};
  const Term second{{&result, b.system, ""}, b.metric, b.stat};
  Difference d{a, b, paired_difference(first, second, a.cell), false};
  if (!d.summary.has_value() || d.summary.n < 2) return "";
  d.clear = d.summary.ci95_low > 0 || d.summary.ci95_high < 0;
  return fmt::format(" The difference, `{}` less `{}`, is {} run by run: {}.", a.system, b.system,
                     difference_in_words(d), d.clear ? "a clear one, for 0 is not in it" : "not a clear one");
}

// Of a sweep of one system: the figure in every cell that has it, or in the first and the last where they are many.
std::string along_cells(const ScenarioResult& result, const SummaryLine& asked) {
  constexpr std::size_t most = 4;
  std::vector<const SummaryLine*> lines;
  for (const std::string& cell : result.cells) {
    const SummaryLine* line = find_line(result, asked.system, cell, asked.metric, asked.stat);
    if (line != nullptr) lines.push_back(line);
  }
  const std::size_t all = lines.size();
  if (all < 2) return "";
  const bool many = all > most;
  if (many) lines = {lines.front(), lines.back()};
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += i == 0 ? "" : i + 1 == lines.size() ? " and " : ", ";
    text += in_words(*lines[i]) + " at " + lines[i]->cell;
  }
  return text + (many ? fmt::format(", the first and the last of {} cells", all) : "");
}

}  // namespace

std::vector<std::string> asked_metrics(const ScenarioResult& result) {
  std::vector<std::string> labels;
  for (const JudgedExpectation& e : result.expectations) {
    for (const std::string& name : named_in(e.text).metrics) {
      const SummaryLine* line = line_named(result, name);
      const std::string label = line == nullptr ? "" : metric_label(line->metric, line->stat);
      if (line != nullptr && std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
    }
  }
  return labels;
}

std::string verdicts_in_words(const ScenarioResult& result) {
  const auto count = [&](ExpectationVerdict verdict) {
    return std::count_if(result.expectations.begin(), result.expectations.end(),
                         [&](const JudgedExpectation& e) { return e.verdict == verdict; });
  };
  const std::size_t all = result.expectations.size();
  if (all == 0) return "";
  const auto held = count(ExpectationVerdict::pass);
  const auto failed = count(ExpectationVerdict::fail);
  const auto open = count(ExpectationVerdict::inconclusive);
  if (static_cast<std::size_t>(held) == all)
    return all == 1 ? "The expectation held." : fmt::format("All {} expectations held.", all);
  std::string text = fmt::format("{} of {} {} held", held, all, all == 1 ? "expectation" : "expectations");
  if (failed > 0) text += fmt::format(", {} failed", failed);
  if (open > 0) text += fmt::format(", {} {} undecided", open, open == 1 ? "is" : "are");
  return text + ".";
}

StatedAnswer answer_of(const ScenarioResult& result) {
  StatedAnswer answer;
  const SummaryLine* asked = asked_line(result);
  if (asked == nullptr) return answer;
  answer.metric = metric_label(asked->metric, asked->stat);
  std::vector<const SummaryLine*> lines;
  for (const std::string& system : result.systems) {
    const SummaryLine* line = find_line(result, system, asked->cell, asked->metric, asked->stat);
    if (line != nullptr) lines.push_back(line);
  }
  // Who has no figure comes last, with the reason.
  std::vector<const SummaryLine*> without;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(without),
               [](const SummaryLine* line) { return !has_figure(*line); });
  if (without.size() < lines.size())
    std::erase_if(lines, [](const SummaryLine* line) { return !has_figure(*line); });
  else
    without.clear();
  std::string figures;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    figures += i == 0 ? "" : i == 1 ? ", against " : i + 1 == lines.size() ? " and " : ", ";
    figures += figure_of(*lines[i], result.systems.size() > 1);
  }
  for (std::size_t i = 0; i < without.size(); ++i)
    figures += (i == 0 ? "; none for `" : ", `") + without[i]->system + "` (" + in_words(*without[i]) + ")";
  const std::string swept = result.systems.size() == 1 ? along_cells(result, *asked) : "";
  answer.sentence = "`" + answer.metric + "` is " +
                    (swept.empty() ? figures + (asked->cell.empty() ? "" : " at " + asked->cell) : swept) + ".";
  answer.sentence += difference(result, lines);
  const std::string name = asked->metric.substr(0, asked->metric.find('('));
  for (const MeasureRow& row : measures()) {
    for (const DeclaredMetric& metric : row.metrics) {
      if (metric.name == name && answer.meaning.empty()) answer.meaning = row.sentence;
    }
  }
  return answer;
}

}  // namespace peerlab
