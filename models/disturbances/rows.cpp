#include "models/disturbances/rows.h"

#include <vector>

namespace peerlab {

std::span<const DisturbanceRow> disturbance_rows() {
  static const std::vector<DisturbanceRow> rows = {
      crash_disturbance(), restart_disturbance(),   wipe_disturbance(),    join_disturbance(),
      churn_disturbance(), partition_disturbance(), isolate_disturbance(), degrade_disturbance(),
  };
  return rows;
}

const DisturbanceRow* find_disturbance(std::string_view name) {
  for (const DisturbanceRow& row : disturbance_rows()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace peerlab
