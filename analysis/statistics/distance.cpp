#include "analysis/statistics/distance.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <vector>

#include "analysis/statistics/interval.h"

namespace peerlab {
namespace {

/// The normal law's deviation that is as improbable as `t` under Student's with so many degrees of freedom.
double as_normal(double t, double freedom) {
  if (t == 0 || std::isinf(t)) return t;
  const boost::math::students_t law(freedom);
  const double beyond = boost::math::cdf(boost::math::complement(law, std::abs(t)));
  if (beyond <= 0) return std::copysign(std::numeric_limits<double>::infinity(), t);
  if (beyond >= 0.5) return 0;
  return std::copysign(boost::math::quantile(boost::math::complement(boost::math::normal(), beyond)), t);
}

/// A difference over its standard error; none of both is no distance.
double over(double difference, double error) {
  if (error > 0) return difference / error;
  return difference == 0 ? 0 : std::copysign(std::numeric_limits<double>::infinity(), difference);
}

}  // namespace

Distance distance_of(std::span<const double> values, double predicted, double own) {
  Distance out;
  if (values.empty() || (values.size() == 1 && own <= 0)) return out;
  const double middle = mean(values);
  if (!std::isfinite(middle)) return out;
  const double n = static_cast<double>(values.size());
  // One run says nothing of its own spread: all the error is then that of what is predicted, as if of one such run.
  const double spread = values.size() > 1 ? standard_deviation(values) / std::sqrt(n) : own;
  out.standard_error = spread;
  const double both = std::sqrt(spread * spread + own * own);
  if (values.size() == 1 || spread == 0) {
    out.errors = over(middle - predicted, both);
    return out;
  }
  const double freedom = (n - 1) * std::pow(both / spread, 4);
  out.errors = as_normal(over(middle - predicted, both), freedom);
  return out;
}

Distance distance_of_shares(std::span<const Share> runs, double predicted, double own) {
  double hits = 0;
  double trials = 0;
  std::vector<double> each;
  for (const Share& run : runs) {
    if (run.trials == 0) continue;
    hits += static_cast<double>(run.hits);
    trials += static_cast<double>(run.trials);
    each.push_back(static_cast<double>(run.hits) / static_cast<double>(run.trials));
  }
  if (trials == 0) return {};
  Distance out;
  const double share = hits / trials;
  const double expected = std::sqrt(predicted * (1 - predicted) / trials);
  out.standard_error = expected;
  out.errors = over(share - predicted, std::sqrt(expected * expected + own * own));
  if (each.size() < 2) return out;
  const Distance between = distance_of(each, predicted, own);
  if (std::abs(between.errors) < std::abs(out.errors)) out = between;
  return out;
}

}  // namespace peerlab
