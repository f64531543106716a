// The table of closed forms: one row per topic, in the order in which `peerlab list` shows them.
#pragma once

#include "analysis/theory/row.h"

namespace peerlab {

const std::vector<TheoryRow>& theory_rows();
/// The row of that name, or null.
const TheoryRow* find_theory(std::string_view name);

}  // namespace peerlab
