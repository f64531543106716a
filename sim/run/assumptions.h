// What the figures of a scenario rest on besides what was simulated, as sentences for reports: prices, and against whom.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.h"

namespace peerlab {

std::vector<std::string> assumptions_of(const Scenario& scenario);

}  // namespace peerlab
