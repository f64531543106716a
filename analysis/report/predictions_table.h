// Figures beside what the literature says: the table of one result, and the table of all validations.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/result.h"
#include "analysis/report/terminal.h"

namespace peerlab {

/// `1.9 s.e.`, `-0.4 s.e.`; `-` where it cannot be told.
std::string distance_in_words(double distance);
/// What is predicted, in the digits of `in_words`.
std::string predicted_in_words(const JudgedPrediction& one);
/// `attack.success` or, with several systems, `attack.success@p2p`.
std::string predicted_metric(const ScenarioResult& result, const JudgedPrediction& one);

/// One line per prediction, each law once below; empty without predictions.
std::string print_predictions(const ScenarioResult& result, const TerminalStyle& style);

/// One row per result that validates something: item, what is compared, cells, the worst of them, verdict. What disagrees has
/// a line of its own, with the explanation where there is one.
std::string print_validations(const std::vector<const ScenarioResult*>& results, const TerminalStyle& style);

}  // namespace peerlab
