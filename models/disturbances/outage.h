// What crash, wipe and join have in common: machines without power from the beginning to the end.
#pragma once

#include <memory>

#include "models/disturbances/disturbance.h"

namespace peerlab {

/// The chosen machines are off and keep their disks.
std::unique_ptr<Disturbance> make_outage(const DisturbanceContext& context);
/// The chosen machines are off and their disks are gone.
std::unique_ptr<Disturbance> make_wiping_outage(const DisturbanceContext& context);

}  // namespace peerlab
