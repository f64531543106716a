// A scenario with every value written out, as YAML that reads back as the same scenario.
#pragma once

#include <string>

#include "sim/scenario/scenario.h"

namespace peerlab {

enum class WithOrigins : std::uint8_t { no, yes };

/// With origins each line ends in a comment that says where its value came from: default, preset, file:line, --quick or
/// --set. Without, the text depends on the values alone.
std::string print_resolved(const Scenario& scenario, WithOrigins origins);

}  // namespace peerlab
