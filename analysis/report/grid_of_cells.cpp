#include "analysis/report/grid_of_cells.h"

#include <algorithm>

namespace peerlab {
namespace {

std::size_t place_in(std::vector<std::string>& known, const std::string& text) {
  const auto at = std::find(known.begin(), known.end(), text);
  if (at != known.end()) return static_cast<std::size_t>(at - known.begin());
  known.push_back(text);
  return known.size() - 1;
}

// All but the last, with commas.
std::string all_but_last(const std::vector<std::string>& texts) {
  std::string out;
  for (std::size_t i = 0; i + 1 < texts.size(); ++i) out += (i == 0 ? "" : ", ") + texts[i];
  return out;
}

}  // namespace

std::optional<GridOfCells> grid_of_cells(const CellAxes& axes) {
  constexpr std::size_t most_rows = 30;
  constexpr std::size_t most_columns = 10;
  if (axes.names.empty() || axes.values.empty()) return std::nullopt;
  GridOfCells grid;
  grid.frame.row_name = all_but_last(axes.names);
  grid.frame.column_name = axes.names.back();
  std::vector<std::pair<std::size_t, std::size_t>> places;
  for (const std::vector<std::string>& values : axes.values) {
    const std::size_t row = place_in(grid.frame.rows, all_but_last(values));
    places.emplace_back(row, place_in(grid.frame.columns, values.back()));
  }
  if (grid.frame.rows.size() > most_rows || grid.frame.columns.size() > most_columns) return std::nullopt;
  grid.cells.assign(grid.frame.rows.size(), std::vector<std::optional<std::size_t>>(grid.frame.columns.size()));
  for (std::size_t c = 0; c < places.size(); ++c) grid.cells[places[c].first][places[c].second] = c;
  return grid;
}

HeatMap GridOfCells::map(const std::function<HeatField(std::size_t)>& field) const {
  HeatMap out = frame;
  for (const auto& row : cells) {
    std::vector<HeatField>& fields = out.fields.emplace_back();
    for (const std::optional<std::size_t>& cell : row) fields.push_back(cell ? field(*cell) : HeatField{});
  }
  return out;
}

}  // namespace peerlab
