#include "sim/run/judge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "analysis/report/comparison.h"
#include "analysis/report/words.h"

namespace peerlab {

namespace {

using How = Expectation::Comparison;

/// Values of one metric by replication.
std::vector<double> values_of(const MetricTerm& term, const ScenarioResult& result, std::string_view cell) {
  std::vector<double> values;
  for (const RunRecord& run : result.runs) {
    if (run.system != term.system || run.cell != cell) continue;
    for (const Metric& metric : run.metrics) {
      if (metric.metric != term.key.metric || metric.stat != term.key.stat || metric.standing != Standing::measured)
        continue;
      values.push_back(metric.censored ? std::numeric_limits<double>::infinity()
                                       : metric.value);  // the truth lies above
    }
  }
  return values;
}

ExpectationVerdict both(bool whole, bool none) {
  return whole ? ExpectationVerdict::pass : none ? ExpectationVerdict::fail : ExpectationVerdict::inconclusive;
}

/// The interval [low, high] against the bounds of the expectation.
ExpectationVerdict judge_interval(How comparison, double low, double high, double a, double b) {
  switch (comparison) {
    case How::less: return both(high < a, low >= a);
    case How::at_most: return both(high <= a, low > a);
    case How::more: return both(low > a, high <= a);
    case How::at_least: return both(low >= a, high < a);
    case How::within: return both(low >= a && high <= b, high < a || low > b);
    case How::not_equal: return both(high < a || low > a, low == a && high == a);
    case How::equal: return both(low == a && high == a, high < a || low > a);
  }
  return ExpectationVerdict::inconclusive;
}

/// Whether every run of the term's system says that its threat did not occur.
bool not_challenged(const MetricTerm& term, const ScenarioResult& result, std::string_view cell) {
  const SummaryLine* line = find_line(result, term.system, cell, term.key.metric, term.key.stat);
  return line != nullptr && line->standing == Standing::not_challenged;
}

/// The paired difference of the two sides; no value where they do not pair up.
Summary difference_of(const Expectation& expectation, const ScenarioResult& result, std::string_view cell,
                      double level) {
  const std::size_t left = values_of(expectation.left, result, cell).size();
  if (left == 0 || left != values_of(*expectation.right, result, cell).size()) return {};
  return paired_difference(
      {{&result, expectation.left.system, ""}, expectation.left.key.metric, expectation.left.key.stat},
      {{&result, expectation.right->system, ""}, expectation.right->key.metric, expectation.right->key.stat}, cell,
      level);
}

ExpectationVerdict judge_difference(const Expectation& expectation, const Summary& difference) {
  if (!difference.has_value()) return ExpectationVerdict::inconclusive;
  const bool below = expectation.comparison == How::less || expectation.comparison == How::at_most;
  const double bound = below ? -expectation.margin : expectation.margin;
  return judge_interval(expectation.comparison, difference.ci95_low, difference.ci95_high, bound, bound);
}

/// What a figure is judged by: of shares the exact binomial interval, where it is wider than the one that is shown.
Summary figure_of(const MetricTerm& term, const ScenarioResult& result, std::string_view cell, double level) {
  return summary_of(result, term.system, cell, term.key.metric, term.key.stat, level, ShareInterval::judged);
}

ExpectationVerdict judge_figure(const Expectation& expectation, const Summary& summary,
                                const std::vector<double>& values) {
  if (expectation.comparison == How::equal) {
    const bool everywhere = std::all_of(values.begin(), values.end(), [&](double v) { return v == expectation.low; });
    return everywhere ? ExpectationVerdict::pass : ExpectationVerdict::fail;
  }
  if (summary.n < 2 && summary.how != Summary::How::share && !std::isinf(summary.value)) {
    return ExpectationVerdict::inconclusive;  // one run has no interval, unless it counted
  }
  return judge_interval(expectation.comparison, summary.ci95_low, summary.ci95_high, expectation.low, expectation.high);
}

JudgedExpectation judge_pair(const Expectation& expectation, const ScenarioResult& result, std::string_view cell) {
  JudgedExpectation judged{.text = expectation.text,
                           .verdict = ExpectationVerdict::inconclusive,
                           .explanation = "",
                           .cell = std::string(cell)};
  const std::size_t left = values_of(expectation.left, result, cell).size();
  if (left == 0 || left != values_of(*expectation.right, result, cell).size()) {
    judged.explanation = "one of the two has no figure in some replication";
    return judged;
  }
  const Summary difference = difference_of(expectation, result, cell, 0.95);
  if (!difference.has_value()) {
    judged.explanation = "no two of their runs have a seed in common";
    return judged;
  }
  judged.verdict = judge_difference(expectation, difference);
  Difference told;
  told.first.unit = expectation.left.key.unit;
  told.summary = difference;
  judged.explanation = (difference.how == Summary::How::median ? "median difference " : "difference ") +
                       difference_in_words(told) + ", paired over " + std::to_string(difference.n) +
                       (difference.n == 1 ? " run" : " runs");
  return judged;
}

}  // namespace

std::vector<JudgedExpectation> judge(const std::vector<Expectation>& expectations, const ScenarioResult& result,
                                     std::string_view cell) {
  std::vector<JudgedExpectation> all;
  for (const Expectation& expectation : expectations) {
    if (expectation.right) {
      all.push_back(judge_pair(expectation, result, cell));
      continue;
    }
    JudgedExpectation judged{.text = expectation.text,
                             .verdict = ExpectationVerdict::inconclusive,
                             .explanation = "",
                             .cell = std::string(cell)};
    const MetricTerm& term = expectation.left;
    const SummaryLine* line = find_line(result, term.system, cell, term.key.metric, term.key.stat);
    if (line == nullptr || !line->summary.has_value()) {
      judged.explanation = line == nullptr ? "this run has no such figure" : in_words(*line);
      all.push_back(judged);
      continue;
    }
    SummaryLine by = *line;
    if (by.summary.how == Summary::How::share) by.summary = figure_of(term, result, cell, 0.95);
    judged.verdict = judge_figure(expectation, by.summary, values_of(term, result, cell));
    judged.explanation = in_words(by) + " over " + std::to_string(by.summary.n) +
                         (by.summary.n != 1                       ? " runs"
                          : by.summary.how == Summary::How::share ? " run"
                                                                  : " run, which gives no interval");
    all.push_back(judged);
  }
  return all;
}

ExpectationVerdict judge_at(const Expectation& expectation, const ScenarioResult& result, std::string_view cell,
                            double level, bool& unchallenged) {
  if (not_challenged(expectation.left, result, cell) ||
      (expectation.right && not_challenged(*expectation.right, result, cell))) {
    unchallenged = true;
    return ExpectationVerdict::inconclusive;
  }
  if (expectation.right) return judge_difference(expectation, difference_of(expectation, result, cell, level));
  const MetricTerm& term = expectation.left;
  const Summary summary = figure_of(term, result, cell, level);
  if (!summary.has_value()) return ExpectationVerdict::inconclusive;
  return judge_figure(expectation, summary, values_of(term, result, cell));
}

bool met_by(const Expectation& expectation, const RunRecord& run) {
  for (const Metric& metric : run.metrics) {
    if (metric.metric != expectation.left.key.metric || metric.stat != expectation.left.key.stat) continue;
    if (metric.standing != Standing::measured) return false;
    const double value = metric.censored ? std::numeric_limits<double>::infinity() : metric.value;
    return judge_interval(expectation.comparison, value, value, expectation.low, expectation.high) ==
           ExpectationVerdict::pass;
  }
  return false;
}

bool precise_enough(const StoppingRule& rule, const std::vector<const RunRecord*>& runs) {
  ScenarioResult result;
  for (const RunRecord* run : runs) {
    if (run->system != rule.term.system) continue;
    RunRecord& copy = result.runs.emplace_back();
    copy.system = run->system;
    copy.metrics = run->metrics;
  }
  result.systems = {rule.term.system};
  result.cells = {""};
  summarise(result);
  const SummaryLine* line = find_line(result, rule.term.system, "", rule.term.key.metric, rule.term.key.stat);
  if (line == nullptr || !line->summary.has_value() || line->summary.n < 2) return false;
  const double half = (line->summary.ci95_high - line->summary.ci95_low) / 2;
  const double bound = rule.relative ? rule.bound * std::abs(line->summary.value) : rule.bound;
  return std::isfinite(half) && half < bound;
}

}  // namespace peerlab
