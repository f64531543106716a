// A small chart of one figure of one system, for a card that stands beside those of other systems: a bar with its interval per cell.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/result.h"

namespace peerlab {

struct SmallBar {
  std::string label;  ///< the cell; empty: the only one
  const SummaryLine* line = nullptr;
};

/// `mine` are the figures of the system of that series, one per cell; all charts share the axis of `all`, so that they compare.
std::string small_bars(const std::string& id, const std::string& name, std::size_t series,
                       const std::vector<SmallBar>& mine, const std::vector<const SummaryLine*>& all);

}  // namespace peerlab
