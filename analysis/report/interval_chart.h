// A chart of figures with their intervals: one row per system, in groups of one metric each.
//
// On a linear axis a row is a bar from 0, because its length can be read. By logarithm it is a point alone: there is no 0 that a
// bar could start from, and a 0 is a hollow mark at the edge with an arrow. Whiskers are the 95 % interval; one that is open leaves with an arrow, as does a figure that is
// only known to be larger ("> 40 min") or never came. What has no value says why, in words, where the bar would be. Beside
// each row stands the figure as the terminal prints it.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/chart.h"
#include "analysis/report/result.h"

namespace peerlab {

struct IntervalRow {
  std::string label;
  std::size_t series = 0;  ///< colour and sign
  const SummaryLine* line = nullptr;
};

struct IntervalGroup {
  std::string label;  ///< empty: the rows speak for themselves
  std::vector<IntervalRow> rows;
};

/// All figures have the unit `unit`.
std::string interval_chart(const ChartHead& head, const std::vector<IntervalGroup>& groups, const std::string& unit);

}  // namespace peerlab
