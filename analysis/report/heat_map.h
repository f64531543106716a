// A table of fields, each as strongly coloured as its value is large, with the value written in it: two axes of a sweep, or the verdicts
// on a claim in every cell of its grid.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/report/chart.h"

namespace peerlab {

struct HeatField {
  std::string words;               ///< in the field: a figure, a verdict
  std::optional<double> strength;  ///< 0 .. 1; none: the field stays empty
  std::size_t series = 0;          ///< whose colour
  std::string hint;                ///< what the pointer is told
};

struct HeatMap {
  std::string row_name;  ///< of the axis that runs down
  std::string column_name;
  std::vector<std::string> rows;
  std::vector<std::string> columns;
  std::vector<std::vector<HeatField>> fields;  ///< by row, then column
};

std::string heat_map(const ChartHead& head, const HeatMap& map);

}  // namespace peerlab
