// What becomes of a scenario's expectations, judged on the 95 % interval over replications.
//
// `<`, `<=`, `>`, `>=`, `within`: pass when the whole interval satisfies it, fail when none of it does, inconclusive in
// between, and also when there is no figure (never challenged, no sample). `== x` means x in every replication, so that
// `== 0` cannot be passed by a mean; `!= x` passes when the interval leaves x out. Two metrics are compared on the
// difference, paired by seed, by the rule of analysis/report/comparison.h: a run that says never counts.
#pragma once

#include <string_view>
#include <vector>

#include "analysis/report/result.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

/// One verdict per expectation, in their order, on the runs of one cell. `result` must have been summarised.
std::vector<JudgedExpectation> judge(const std::vector<Expectation>& expectations, const ScenarioResult& result,
                                     std::string_view cell = "");

/// The verdict alone, on intervals of another level. `unchallenged` is set where a figure is missing because the threat that
/// it speaks of did not occur.
ExpectationVerdict judge_at(const Expectation& expectation, const ScenarioResult& result, std::string_view cell,
                            double level, bool& unchallenged);

/// Whether this one run shows what the expectation says of a figure; false where it has none.
bool met_by(const Expectation& expectation, const RunRecord& run);
/// Whether the runs of a cell, in order, satisfy a stopping rule. A figure without an interval is never precise.
bool precise_enough(const StoppingRule& rule, const std::vector<const RunRecord*>& runs);

}  // namespace peerlab
