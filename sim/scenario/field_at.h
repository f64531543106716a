// Which field of the table a path of a scenario leads to: what sort of value stands there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/schema.h"
#include "sim/scenario/tree.h"

namespace peerlab {

/// `systems.p2p.block_interval` of this scenario, whose tree says what protocol p2p has; nothing where no field is. A
/// number between the names of a list counts its entries from 0.
std::optional<Field> field_at(const Schema& schema, const Tree& scenario, std::string_view path);

/// The paths that `path` stands for: `protocol.FIELD` is `systems.NAME.FIELD` for every system whose protocol has it (none
/// when no protocol of the scenario does); any other path stands for itself.
std::vector<std::string> spread_path(const Schema& schema, const Tree& scenario, const std::string& path);

/// All fields of the scenario's protocols, for suggestions.
std::vector<std::string> protocol_fields(const Schema& schema, const Tree& scenario);

}  // namespace peerlab
