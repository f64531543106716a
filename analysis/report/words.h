// Numbers for people: three significant figures, thousands separators, a unit that suits the size.
#pragma once

#include <cstdint>
#include <string>

#include "analysis/report/result.h"

namespace peerlab {

/// `1.02 s`, `535 kB`, `99.8 %`, `1,204 blocks`, `never`, `-` for NaN. `unit` is one of Metric's.
std::string in_words(double value, std::string_view unit);
/// `1.02 s  [0.97, 1.08]`; without the interval when there is none; `> 40.0 min`, `not challenged`, `one copy`.
std::string in_words(const SummaryLine& line);
/// `1234567` -> `1,234,567`.
std::string with_separators(std::uint64_t whole);
/// Nine significant digits, as files hold numbers; `Infinity` and `-Infinity`; empty for NaN.
std::string in_file(double value);

}  // namespace peerlab
