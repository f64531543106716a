// Who was linked to whom when a run began, as GraphML: nodes are the participants by number, with role and region.
#pragma once

#include <string>

#include "sim/run/build.h"

namespace peerlab {

/// Before the world is made of `built`.
std::string network_graphml(const Built& built);

}  // namespace peerlab
