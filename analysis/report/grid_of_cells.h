// The cells of a sweep over several axes as rows and columns: the last axis runs across, all others down.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "analysis/report/cell_axes.h"
#include "analysis/report/heat_map.h"

namespace peerlab {

struct GridOfCells {
  HeatMap frame;                                               ///< names, without fields
  std::vector<std::vector<std::optional<std::size_t>>> cells;  ///< by row and column, the place of the cell

  /// With what is said of each cell; where there is none, the field stays empty.
  [[nodiscard]] HeatMap map(const std::function<HeatField(std::size_t)>& field) const;
};

/// Nothing where it would be too large to read, or a row too long: more than 30 rows or 10 columns. One axis makes one row.
std::optional<GridOfCells> grid_of_cells(const CellAxes& axes);

}  // namespace peerlab
