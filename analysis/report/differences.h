// How many figures of the systems of one result differ, in words: a sentence for every two systems.
//
// The table marks what differs from the first system (analysis/report/figures.h); what differs between two others is named here.
#pragma once

#include <string>

#include "analysis/report/result.h"
#include "analysis/report/terminal.h"

namespace peerlab {

/// Counts the headline figures whose difference, taken run by run, has a 95 % interval that leaves out 0. Empty for one
/// system, and where no two systems have two runs with a seed in common.
std::string print_differences(const ScenarioResult& result, const TerminalStyle& style);

}  // namespace peerlab
