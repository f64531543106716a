// Which figures of the systems of one result differ, in words: a paragraph per system, against the first.
#pragma once

#include <string>

#include "analysis/report/result.h"
#include "analysis/report/terminal.h"

namespace peerlab {

/// Names the headline figures whose difference to the first system's, taken run by run, has a 95 % interval that leaves out
/// 0. Empty for one system, and where no system has two runs with a seed in common with the first's.
std::string print_differences(const ScenarioResult& result, const TerminalStyle& style);

}  // namespace peerlab
