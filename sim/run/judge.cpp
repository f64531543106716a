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
std::vector<double> values_of(const MetricTerm& term, const ScenarioResult& result) {
  std::vector<double> values;
  for (const RunRecord& run : result.runs) {
    if (run.system != term.system) continue;
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

JudgedExpectation judge_pair(const Expectation& expectation, const ScenarioResult& result) {
  JudgedExpectation judged{.text = expectation.text, .verdict = ExpectationVerdict::inconclusive, .explanation = ""};
  const std::vector<double> left = values_of(expectation.left, result);
  const std::vector<double> right = values_of(*expectation.right, result);
  if (left.empty() || left.size() != right.size()) {
    judged.explanation = "one of the two has no figure in some replication";
    return judged;
  }
  const Summary difference = paired_difference(
      {{&result, expectation.left.system, ""}, expectation.left.key.metric, expectation.left.key.stat},
      {{&result, expectation.right->system, ""}, expectation.right->key.metric, expectation.right->key.stat}, "");
  if (!difference.has_value()) {
    judged.explanation = "no two of their runs have a seed in common";
    return judged;
  }
  judged.verdict = judge_interval(expectation.comparison, difference.ci95_low, difference.ci95_high, 0, 0);
  Difference told;
  told.first.unit = expectation.left.key.unit;
  told.summary = difference;
  judged.explanation = (difference.how == Summary::How::median ? "median difference " : "difference ") +
                       difference_in_words(told) + ", paired over " + std::to_string(difference.n) +
                       (difference.n == 1 ? " run" : " runs");
  return judged;
}

}  // namespace

std::vector<JudgedExpectation> judge(const std::vector<Expectation>& expectations, const ScenarioResult& result) {
  std::vector<JudgedExpectation> all;
  for (const Expectation& expectation : expectations) {
    if (expectation.right) {
      all.push_back(judge_pair(expectation, result));
      continue;
    }
    JudgedExpectation judged{.text = expectation.text, .verdict = ExpectationVerdict::inconclusive, .explanation = ""};
    const MetricTerm& term = expectation.left;
    const SummaryLine* line = find_line(result, term.system, "", term.key.metric, term.key.stat);
    if (line == nullptr || !line->summary.has_value()) {
      judged.explanation = line == nullptr ? "this run has no such figure" : in_words(*line);
      all.push_back(judged);
      continue;
    }
    const std::vector<double> values = values_of(term, result);
    if (expectation.comparison == How::equal) {
      const bool everywhere = std::all_of(values.begin(), values.end(), [&](double v) { return v == expectation.low; });
      judged.verdict = everywhere ? ExpectationVerdict::pass : ExpectationVerdict::fail;
    } else if (line->summary.n < 2 && line->summary.how != Summary::How::share && !std::isinf(line->summary.value)) {
      judged.verdict = ExpectationVerdict::inconclusive;  // one run has no interval, unless it counted
    } else {
      judged.verdict = judge_interval(expectation.comparison, line->summary.ci95_low, line->summary.ci95_high,
                                      expectation.low, expectation.high);
    }
    judged.explanation = in_words(*line) + " over " + std::to_string(line->summary.n) +
                         (line->summary.n != 1                       ? " runs"
                          : line->summary.how == Summary::How::share ? " run"
                                                                     : " run, which gives no interval");
    all.push_back(judged);
  }
  return all;
}

}  // namespace peerlab
