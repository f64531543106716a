// One line of `expect:` as text.
//
//   METRIC[.STAT][@SYSTEM] OP VALUE        propagation.p50 < 3 s          stale.per_mined@p2p <= 1 %
//   METRIC... OP METRIC...                 lost@central > lost@p2p
//   METRIC... OP METRIC... by VALUE        lost@p2p < lost@central by 0.1 %
//   METRIC... within VALUE..VALUE          propagation.p90 within 1.8 s..2.3 s
//
// `by` goes with <, <=, > and >=: the two differ by at least that much.
//
// OP is one of == != < <= > >=. A value carries the unit of its metric: s, min, ... for times, %, B or kB, J; a count is a
// bare number, and the noun it counts may follow. A bare `0` needs no unit.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/scenario/scenario.h"

namespace peerlab {

struct ParsedExpectation {
  std::optional<Expectation> value;  ///< without origin
  std::string error;
  std::size_t offset = 0;  ///< where in the text it went wrong
};

/// `systems`: their names; `faults`: names of the timeline's lines.
ParsedExpectation parse_expectation(std::string_view text, std::span<const std::string> systems,
                                    std::span<const std::string> faults);

struct ParsedStopping {
  std::optional<StoppingRule> value;  ///< without the least number
  std::string error;
  std::size_t offset = 0;
};
/// `METRIC@SYSTEM.ci95 < X`, with X in the metric's unit or `5 % of the value`.
ParsedStopping parse_stopping(std::string_view text, std::span<const std::string> systems,
                              std::span<const std::string> faults);

struct ParsedTerm {
  std::optional<MetricTerm> value;
  std::string error;
  std::size_t offset = 0;
};
/// `METRIC[.STAT][@SYSTEM]` alone.
ParsedTerm parse_metric_term(std::string_view text, std::span<const std::string> systems,
                             std::span<const std::string> faults);
/// A value in the base unit of a metric whose unit is `unit`.
Parsed<double> parse_metric_value(std::string_view text, const std::string& unit);

}  // namespace peerlab
