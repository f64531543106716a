// From the cells of a sweep over an attacker's budget to what it takes him to succeed.
#pragma once

#include "analysis/report/result.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

/// The table of `price:`; `result` holds the runs of all cells.
PriceTable attack_prices(const Scenario& scenario, const ScenarioResult& result);

}  // namespace peerlab
