// The table of claims: what is claimed, the verdict, the figures of every system with their intervals, and on what it depends.
//
// Nothing in it differs between two runs of the same scenarios: no times, no paths.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/result.h"
#include "analysis/report/terminal.h"

namespace peerlab {

/// One block for each result that has a claim, in their order; empty without any. Ends in a line feed.
std::string print_claims(const std::vector<const ScenarioResult*>& results, const TerminalStyle& style);

}  // namespace peerlab
