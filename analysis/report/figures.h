// The tables of figures within the terminal's report: one row per metric, one column per system.
//
// As many systems as fit the width stand side by side, the others follow in further tables; a cell of a sweep has tables of
// its own. Metrics without a value anywhere take no row: they are named after the tables, with the reason.
#pragma once

#include <string>

#include "analysis/report/result.h"
#include "analysis/report/terminal.h"

namespace peerlab {

std::string print_figures(const ScenarioResult& result, const TerminalStyle& style);

}  // namespace peerlab
