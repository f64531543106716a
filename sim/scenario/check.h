// What is wrong with a scenario whose values are each right by themselves.
#pragma once

#include "sim/scenario/problem.h"
#include "sim/scenario/scenario.h"

namespace peerlab {

/// Fewest and most users of a world: node ids are 24 bits, sixteen of them reserved.
inline constexpr std::int64_t users_most = (std::int64_t{1} << 24) - 16;

/// Empty when the scenario can be run. Does not need the machines: whether a selector matches anybody is known when the
/// world is built.
Problems check_scenario(const Scenario& scenario);

}  // namespace peerlab
