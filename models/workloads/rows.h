// The table of workload kinds: one row a line, one file a row.
#pragma once

#include <span>

#include "models/workloads/workload.h"

namespace peerlab {

WorkloadRow publish_workload();   ///< publish.cpp
WorkloadRow read_workload();      ///< read.cpp
WorkloadRow transfer_workload();  ///< transfer.cpp
WorkloadRow pay_workload();       ///< pay.cpp
WorkloadRow update_workload();    ///< update.cpp
WorkloadRow erase_workload();     ///< erase.cpp

/// All kinds, in the order a reader should meet them.
std::span<const WorkloadRow> workload_rows();
/// The row of that name, or nullptr.
const WorkloadRow* find_workload(std::string_view name);

}  // namespace peerlab
