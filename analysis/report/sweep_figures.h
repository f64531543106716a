// The tables of a sweep in the terminal's report: one row per cell.
//
// With one system a column is a metric, as many side by side as fit the width. With several there is a table per metric and a
// column is a system. Where all cells are made of the same axes, these have columns of their own instead of one long name.
// Metrics without a figure in any cell are named after the tables, with the reason.
#pragma once

#include <string>

#include "analysis/report/result.h"
#include "analysis/report/terminal.h"

namespace peerlab {

std::string print_sweep(const ScenarioResult& result, const TerminalStyle& style);

}  // namespace peerlab
