// Pictures of how a result changes: along one axis of a sweep (a line per system), over several (a heat map per system), what became of a
// claim in every cell of its grid, and what was simulated against what the literature says.
//
// Of a sweep the figures that the expectations name are drawn, then the first of the table, six in all; of heat maps four.
#pragma once

#include <vector>

#include "analysis/report/plots.h"

namespace peerlab {

/// Nothing where there are fewer than three cells; lines where the only axis holds numbers, heat maps where there are two axes or more.
std::vector<Picture> sweep_pictures(const ScenarioResult& result);
/// Nothing without a claim, or where its grid has one cell.
std::vector<Picture> claim_pictures(const ScenarioResult& result);
/// One per unit; nothing without predictions.
std::vector<Picture> prediction_pictures(const ScenarioResult& result);

}  // namespace peerlab
