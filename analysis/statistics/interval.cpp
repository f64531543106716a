#include "analysis/statistics/interval.h"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "analysis/statistics/quantile.h"
#include "models/base/check.h"

namespace peerlab {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

double mean(std::span<const double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  // Equal values have their own mean: a sum of them may be off in its last digit, and an interval with it.
  if (std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end()) return values.front();
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

double standard_deviation(std::span<const double> values) {
  if (values.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  const double m = mean(values);
  double squares = 0;
  for (const double v : values) squares += (v - m) * (v - m);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

Interval student(std::span<const double> values, double level) {
  if (values.size() < 2) return {-infinity, infinity};
  const auto n = static_cast<double>(values.size());
  const double t = boost::math::quantile(boost::math::students_t(n - 1), 0.5 + level / 2);
  const double half = t * standard_deviation(values) / std::sqrt(n);
  const double m = mean(values);
  return {m - half, m + half};
}

Interval wilson(std::uint64_t hits, std::uint64_t trials, double level) {
  CHECK(hits <= trials);
  if (trials == 0) return {0, 1};
  const auto n = static_cast<double>(trials);
  const double p = static_cast<double>(hits) / n;
  const double z = boost::math::quantile(boost::math::normal(), 0.5 + level / 2);
  const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {hits == 0 ? 0 : std::max(0.0, centre - half), hits == trials ? 1 : std::min(1.0, centre + half)};
}

Interval exact_share(std::uint64_t hits, std::uint64_t trials, double level) {
  CHECK(hits <= trials);
  if (trials == 0) return {0, 1};
  const auto k = static_cast<double>(hits);
  const auto n = static_cast<double>(trials);
  const double tail = (1 - level) / 2;
  return {hits == 0 ? 0 : boost::math::quantile(boost::math::beta_distribution<>(k, n - k + 1), tail),
          hits == trials ? 1 : boost::math::quantile(boost::math::beta_distribution<>(k + 1, n - k), 1 - tail)};
}

Interval of_quantile(std::span<const double> values, double p, double level) {
  // The number of values below the p-quantile is binomial(n, p): the low end is the order statistic whose rank that number
  // falls short of with probability at most (1 - level) / 2, the high end its mirror image.
  const std::vector<double> sorted = sorted_copy(values);
  const auto n = static_cast<std::int64_t>(sorted.size());
  if (n == 0) return {-infinity, infinity};
  const boost::math::binomial_distribution<> below(static_cast<double>(n), p);
  const double tail = (1 - level) / 2;
  std::int64_t low = 0;  // the largest rank (from 1) with P(below < rank) <= tail; 0: none
  while (low < n && boost::math::cdf(below, static_cast<double>(low)) <= tail) ++low;
  std::int64_t high = n + 1;  // the smallest rank with P(below >= rank) <= tail; n + 1: none
  while (high > 1 && boost::math::cdf(boost::math::complement(below, static_cast<double>(high - 2))) <= tail) --high;
  return {low == 0 ? -infinity : sorted[static_cast<std::size_t>(low - 1)],
          high == n + 1 ? infinity : sorted[static_cast<std::size_t>(high - 1)]};
}

Interval of_difference(std::span<const double> a, std::span<const double> b, double level) {
  CHECK(a.size() == b.size());
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) differences.push_back(a[i] - b[i]);
  return student(differences, level);
}

}  // namespace peerlab
