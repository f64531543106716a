// Numbers for people: three significant figures, thousands separators, a unit that suits the size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "analysis/report/result.h"

namespace peerlab {

/// `1.02 s`, `535 kB`, `99.8 %`, `1,204 blocks`, `1.20 million messages`, `never`, `-` for NaN. `unit` is one of Metric's.
std::string in_words(double value, std::string_view unit);

/// A figure and its interval: `1.02 s` and `[0.97, 1.08]`, in the same unit and with the same decimals; counts with an interval in
/// thousands or millions, `48.0 thousand` and `[46.9, 49.1]`. Where there is no
/// value: `> 40.0 min`, `not challenged`, or the reason; where there is no interval, none.
struct Cell {
  std::string value;
  std::string interval;
};
Cell cell_of(const SummaryLine& line);
/// Both in one, with a space between.
std::string in_words(const SummaryLine& line);

/// `propagation.p90`; `stale.per_mined` alone when the statistic says nothing more (value, count, total, mean).
std::string metric_label(std::string_view metric, std::string_view stat);
/// `1234567` -> `1,234,567`.
std::string with_separators(std::uint64_t whole);
/// Nine significant digits, as files hold numbers; `Infinity` and `-Infinity`; empty for NaN.
std::string in_file(double value);

}  // namespace peerlab
