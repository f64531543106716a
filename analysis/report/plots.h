// The pictures of a result: plots/*.svg, chosen by what was measured.
//
// Waiting times, availability over the deadline (per system, and per rule of what counts as done), how far blocks and
// records have spread after how long, agreement after a fault and while it lasts, staleness, what was lost or exposed,
// the busiest machine, bytes. A picture is drawn where some system has a figure; one without a figure says why in its place.
// A sweep has one picture of each curve per cell. The same result gives the same bytes.
#pragma once

#include <vector>

#include "analysis/report/files.h"

namespace peerlab {

/// `result` is summarised. Names begin with `plots/`.
std::vector<ResultFile> plots(const ScenarioResult& result);

}  // namespace peerlab
