// The cells of a scenario's `grid:`: every combination of one level of each factor.
//
//   grid:
//     fault:                      a factor: a name of your own
//       one-machine: {timeline: [{at: 1 h, wipe: random 1 of role=store}]}
//       operator: {timeline: [{at: 1 h, leave: largest owner of role=store}]}
//     encryption:
//       plain: {protection.encryption: none}
//       sealed: {protection.encryption: end-to-end}
//
// A level may also add `criteria` to those of the claim, for its own cells. A level names values by path or nested, as `quick:` does, and each cell is the whole scenario with its levels laid over it: four of
// them here. What --quick and --set say comes on top. A scenario without a grid is one cell without a name.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/tree.h"

namespace peerlab {

/// More cells than this are refused.
inline constexpr std::size_t most_cells = 1000;

struct GridCell {
  std::vector<std::pair<std::string, std::string>> levels;  ///< (factor, level), in the order of the file
  Tree tree;                                                ///< the whole scenario of this cell, without the grid
};

/// `fault=one-machine encryption=plain`.
std::string cell_name(const std::vector<std::pair<std::string, std::string>>& levels);

/// The cells of `tree`, the last factor changing fastest; none without a grid. Says what is wrong with the section and with paths
/// that lead nowhere.
std::vector<GridCell> grid_cells(const Tree& tree, const Sources& sources, Problems& problems);

}  // namespace peerlab
