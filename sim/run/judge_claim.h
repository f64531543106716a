// What becomes of a scenario's claim: computed from its criteria, never written by hand.
#pragma once

#include "analysis/report/claim.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

struct ScenarioResult;

/// `result` must have been summarised; its cells are those of the scenario.
JudgedClaim judge_claim(const Scenario& scenario, const ScenarioResult& result);

}  // namespace peerlab
