// The answer to a scenario's question in one sentence: the figure that the scenario asks about, on every side, with its interval.
//
// The figure is that of the first expectation that holds two systems against each other, otherwise of the first expectation,
// otherwise the first of the table that some system has. Where two systems are compared, the difference follows, taken run by
// run. A sweep of one system says the figure in every cell, or in the first and the last of more than four. Nothing is judged here:
// that is what expectations are for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/result.h"

namespace peerlab {

struct StatedAnswer {
  std::string metric;  ///< its label: `latency.acked.p50`; empty: nothing was measured
  std::string sentence;
  std::string meaning;  ///< what the figure is: the sentence of its measure
};

/// Names in the sentence stand in backquotes.
StatedAnswer answer_of(const ScenarioResult& result);
/// The metrics that the expectations name, in their order, each once: labels that the result has.
std::vector<std::string> asked_metrics(const ScenarioResult& result);
/// `All 6 expectations held.`, `4 of 6 expectations held, 1 failed, 1 is undecided.`; empty without any.
std::string verdicts_in_words(const ScenarioResult& result);

}  // namespace peerlab
