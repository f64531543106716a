// What the names of a sweep's cells say: `block_interval=1 s, users=100` is a place on two axes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peerlab {

/// Names of axes and, by cell, the values on them. One axis called `cell` where the names do not say the same axes.
struct CellAxes {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> values;
};
CellAxes axes_of_cells(const std::vector<std::string>& cells);

/// A value of an axis as a number: a count, a share, a time or a size.
struct AxisNumber {
  double value = 0;
  std::string_view unit;  ///< one of Metric's
};
/// Nothing where the text is no quantity.
std::optional<AxisNumber> axis_number(const std::string& text);

}  // namespace peerlab
