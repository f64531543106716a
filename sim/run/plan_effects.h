// From a scenario's `effects:` to the combinations of levels that its systems and cells are.
#pragma once

#include "analysis/report/effects.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

/// The factors of the systems come first, then those of the grid or sweep. Without levels of their own the systems are a factor
/// `system`, if there are several.
EffectPlan plan_effects(const Scenario& scenario);

}  // namespace peerlab
