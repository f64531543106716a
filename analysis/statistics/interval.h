// Intervals of confidence, each with the condition under which it covers what it says.
//
//   student      mean of independent values, near normal or many
//   wilson       share k of n independent trials; good coverage on average, and useful at k = 0 (Wilson 1927)
//   exact_share  the same, never below its level (Clopper & Pearson 1934)
//   of_quantile  p-quantile of independent values, whatever their law, from order statistics; infinities are welcome
//   of_difference  mean of paired differences (common random numbers): student on a_i - b_i
//
// Boost.Math gives the quantiles of the t, normal and beta laws. Analysis only: none of this touches the event path.
#pragma once

#include <cstdint>
#include <span>

namespace peerlab {

struct Interval {
  double low = 0;
  double high = 0;
};

/// Arithmetic mean; NaN for none. Infinite when a value is.
double mean(std::span<const double> values);
/// Standard deviation with n - 1; NaN below two values.
double standard_deviation(std::span<const double> values);

/// -infinity .. infinity below two values.
Interval student(std::span<const double> values, double level = 0.95);
/// 0 .. 1 without trials.
Interval wilson(std::uint64_t hits, std::uint64_t trials, double level = 0.95);
Interval exact_share(std::uint64_t hits, std::uint64_t trials, double level = 0.95);
/// Where too few values are given for the level (fewer than 6 for a median at 95 %) a side is infinite.
Interval of_quantile(std::span<const double> values, double p, double level = 0.95);
/// `a` and `b` have the same length: pair i shares its seed.
Interval of_difference(std::span<const double> a, std::span<const double> b, double level = 0.95);

}  // namespace peerlab
