// What the pictures of a result have in common.
#pragma once

#include <string>
#include <string_view>

#include "analysis/report/chart.h"
#include "analysis/report/result.h"
#include "analysis/statistics/interval.h"

namespace peerlab {

/// Scenario, setup and what the interval is; version, seed and command at the foot.
ChartHead plot_head(const ScenarioResult& result, std::string stem, std::string_view title, const std::string& cell);
/// There is a value: it was measured, though it may be infinite.
bool has_value(const SummaryLine& line);
/// As wide as it is known to be: a figure of a single run has none.
Interval drawn_interval(const SummaryLine& line);

}  // namespace peerlab
