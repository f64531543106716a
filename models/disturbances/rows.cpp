#include "models/disturbances/rows.h"

#include <vector>

namespace peerlab {

std::span<const DisturbanceRow> disturbance_rows() {
  static const std::vector<DisturbanceRow> rows = {
      crash_disturbance(),     restart_disturbance(), wipe_disturbance(),      leave_disturbance(),
      exploit_disturbance(),   join_disturbance(),    churn_disturbance(),     wear_disturbance(),
      partition_disturbance(), halves_disturbance(),  bridge_disturbance(),    majority_ring_disturbance(),
      one_way_disturbance(),   isolate_disturbance(), intercept_disturbance(), degrade_disturbance(),
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
