// Expectations that no run could ever meet: of the figure of an attack that is not made, of a fault that spares the system, of more
// machines than there are, of a share beyond 0 % and 100 %.
#pragma once

#include "sim/scenario/problem.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

/// Of a complete scenario without cells, or of one cell.
Problems check_criteria(const Scenario& scenario);

/// Of a claim, cells read: its criteria that could be met in none of them.
Problems check_claim(const Scenario& scenario);

}  // namespace peerlab
