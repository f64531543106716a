// What value stands at a path of a scenario that was read: defaults and presets included.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.h"

namespace peerlab {

/// `systems.p2p.block_interval`, `network.users`, `attacks.0.hash_share`, `timeline.0.for`, `duration`, as a user would write it;
/// nothing where no single value stands.
std::optional<std::string> value_at(const Scenario& scenario, std::string_view path);
/// All such paths, for suggestions.
std::vector<std::string> paths_of_values(const Scenario& scenario);

}  // namespace peerlab
