// One definition of a quantile, everywhere: the inverse of the empirical distribution function.
//
// The p-quantile of n values is the smallest of them that at least the share p of them does not exceed: element
// ceil(p n) in rising order, counted from 1 (Hyndman & Fan 1996, type 1). It is always one of the values, never an
// interpolation, so that it stays right when some of them are infinite ("never"), and it agrees with "time until the
// share p holds it". The median of an even sample is the lower of the two in the middle.
#pragma once

#include <span>
#include <vector>

namespace peerlab {

/// The p-quantile of values in rising order, 0 <= p <= 1; NaN for none at all.
double quantile_of_sorted(std::span<const double> sorted, double p);
/// The same of values in any order. Costs a sort.
double quantile(std::span<const double> values, double p);
double median(std::span<const double> values);
/// A copy in rising order. No NaN among them.
std::vector<double> sorted_copy(std::span<const double> values);

}  // namespace peerlab
