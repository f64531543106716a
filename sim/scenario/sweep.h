// The cells of a sweep, from the section `sweep:` of a scenario's tree.
//
//   sweep:
//     grid:  {network.users: [100, 1000], protocol.block_interval: [1 s, 1 min]}    every combination: four cells
//     zip:   {network.users: [100, 1000], duration: [6 h, 1 h]}                     side by side: two cells
//     latin: {points: 20, over: {network.users: {from: 100, to: 10000, scale: log}}}   a Latin hypercube (McKay et al. 1979)
//     cells: {calm: {}, busy: {workload.0.rate: 9 per s in total}}                   named by hand
//
// Parts that stand together are multiplied, in the order cells, grid, zip, latin; the last axis moves fastest. A cell is a
// name and values for paths, laid over the scenario as --set would. All cells of a sweep, like all systems of a cell, have
// the same seeds: replication r meets the same chance everywhere.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/schema.h"
#include "sim/scenario/tree.h"

namespace peerlab {

/// A value for a path, with its places.
struct PlannedValue {
  std::string path;
  Spot spot;  ///< of the path
  Tree value;
};
struct PlannedCell {
  std::string name;
  std::vector<PlannedValue> values;
  std::vector<std::pair<std::string, std::string>> levels;  ///< (axis, value)
};

/// The cells of `scenario`, none without `sweep:`. Appends what is wrong with the section itself; whether the values suit
/// their paths is found when the cells are read.
std::vector<PlannedCell> plan_cells(const Tree& scenario, const Schema& schema, const Sources& sources,
                                    Problems& problems);
/// Lays a cell over the scenario and takes `sweep` out of it.
void apply_cell(Tree& scenario, const PlannedCell& cell, const Sources& sources, Problems& problems);
/// What the cell changes, as text.
std::vector<CellChange> changes_of(const PlannedCell& cell);

}  // namespace peerlab
