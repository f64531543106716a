// What stands at the end when several scenarios ran: one line each.
#pragma once

#include <string>
#include <vector>

#include "sim/run/run.h"

namespace peerlab {

struct ClosingLine {
  std::string scenario;
  std::size_t held = 0;
  std::size_t failed = 0;
  std::size_t inconclusive = 0;
  std::string trouble;  ///< instead of verdicts: `not valid`, `interrupted`; empty: none
  double seconds = 0;
};

ClosingLine closing_line(const std::string& scenario, const RunReport& report, double seconds);
/// `all`: how many scenarios there were to run; those without a line did not begin.
std::string closing_table(const std::vector<ClosingLine>& lines, std::size_t all);

}  // namespace peerlab
