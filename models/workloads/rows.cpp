#include "models/workloads/rows.h"

#include <vector>

namespace peerlab {

std::span<const WorkloadRow> workload_rows() {
  static const std::vector<WorkloadRow> rows = {
      publish_workload(), read_workload(), transfer_workload(), pay_workload(), update_workload(), erase_workload(),
  };
  return rows;
}

const WorkloadRow* find_workload(std::string_view name) {
  for (const WorkloadRow& row : workload_rows()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace peerlab
