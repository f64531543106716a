// The table of disturbances: one row a line, one file a row.
#pragma once

#include <span>
#include <string_view>

#include "models/disturbances/disturbance.h"

namespace peerlab {

DisturbanceRow crash_disturbance();          ///< crash.cpp
DisturbanceRow restart_disturbance();        ///< restart.cpp
DisturbanceRow wipe_disturbance();           ///< wipe.cpp
DisturbanceRow leave_disturbance();          ///< leave.cpp
DisturbanceRow exploit_disturbance();        ///< exploit.cpp
DisturbanceRow join_disturbance();           ///< join.cpp
DisturbanceRow churn_disturbance();          ///< churn.cpp
DisturbanceRow wear_disturbance();           ///< churn.cpp
DisturbanceRow partition_disturbance();      ///< partition.cpp
DisturbanceRow halves_disturbance();         ///< halves.cpp
DisturbanceRow bridge_disturbance();         ///< halves.cpp
DisturbanceRow majority_ring_disturbance();  ///< majority_ring.cpp
DisturbanceRow one_way_disturbance();        ///< one_way.cpp
DisturbanceRow isolate_disturbance();        ///< isolate.cpp
DisturbanceRow intercept_disturbance();      ///< intercept.cpp
DisturbanceRow degrade_disturbance();        ///< degrade.cpp

/// All disturbances, in the order a reader should meet them.
std::span<const DisturbanceRow> disturbance_rows();
/// The row of that name, or nullptr.
const DisturbanceRow* find_disturbance(std::string_view name);

}  // namespace peerlab
