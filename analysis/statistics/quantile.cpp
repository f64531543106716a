#include "analysis/statistics/quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/base/check.h"

namespace peerlab {

double quantile_of_sorted(std::span<const double> sorted, double p) {
  CHECK(p >= 0);
  CHECK(p <= 1);
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  // 0.07 x 100 is a little above 7 in binary; a product that near to a whole number is meant to be one.
  const double rank = std::ceil(p * static_cast<double>(sorted.size()) * (1 - 1e-12));
  const auto place = static_cast<std::size_t>(std::max(rank, 1.0)) - 1;
  return sorted[std::min(place, sorted.size() - 1)];
}

std::vector<double> sorted_copy(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  for (const double v : sorted) CHECK(!std::isnan(v));
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

double quantile(std::span<const double> values, double p) { return quantile_of_sorted(sorted_copy(values), p); }
double median(std::span<const double> values) { return quantile(values, 0.5); }

}  // namespace peerlab
