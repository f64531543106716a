// What becomes of a scenario's predictions (`compare_with:`), by the distance in standard errors over its runs.
#pragma once

#include <string_view>
#include <vector>

#include "analysis/report/result.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

/// One per prediction, in their order, on the runs of one cell. A figure agrees within its band where there is one, else within
/// 3.9 standard errors (analysis/statistics/distance.h). A figure that does not exist, or one run without a count, decides nothing.
std::vector<JudgedPrediction> judge_predictions(const std::vector<Prediction>& predictions,
                                                const ScenarioResult& result, std::string_view cell = "");

}  // namespace peerlab
