// Chosen machines in an order drawn from the seed: what random halves and rings are made of.
#pragma once

#include <vector>

#include "models/disturbances/disturbance.h"

namespace peerlab {

/// The machines of an occurrence by lot. The lot of a machine is its own: one more machine shifts nobody's.
std::vector<MachineId> by_lot(const DisturbanceContext& context, Purpose what);

}  // namespace peerlab
