// The table that `run` prints: the question, one row per metric and one column per system, and what to make of it.
//
// Everything fits the width (80 columns when piped); systems that do not fit side by side follow in further tables.
#pragma once

#include <string>

#include "analysis/report/result.h"

namespace peerlab {

struct TerminalStyle {
  std::size_t width = 80;  ///< columns; below 40 counts as 40
  bool colour = false;
  bool unicode = true;  ///< tick and cross; otherwise `ok` and `NO`
};

/// The text, ending in a line feed. `host` may be null: then nothing that differs between two runs is printed.
std::string print_terminal(const ScenarioResult& result, const TerminalStyle& style, const HostFacts* host = nullptr);

}  // namespace peerlab
