#include "analysis/statistics/summary.h"

#include <algorithm>
#include <cmath>

#include "analysis/statistics/quantile.h"

namespace peerlab {

namespace {

Summary mean_or_median(std::span<const double> values, bool as_mean, double level) {
  Summary s;
  if (values.empty()) return s;
  s.n = values.size();
  const Interval interval = as_mean ? student(values, level) : of_quantile(values, 0.5, level);
  s.how = as_mean ? Summary::How::mean : Summary::How::median;
  s.value = as_mean ? mean(values) : median(values);
  s.ci95_low = interval.low;
  s.ci95_high = interval.high;
  return s;
}

bool all_finite(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

}  // namespace

Summary summarise_values(std::span<const double> values, double level) {
  return mean_or_median(values, all_finite(values), level);
}

Summary summarise_shares(std::span<const Share> runs, double level, ShareInterval use) {
  Summary s;
  Share all;
  std::vector<double> own;
  for (const Share& run : runs) {
    if (run.trials == 0) continue;
    all.hits += run.hits;
    all.trials += run.trials;
    own.push_back(static_cast<double>(run.hits) / static_cast<double>(run.trials));
  }
  if (own.empty()) return s;
  s.n = own.size();
  s.how = Summary::How::share;
  s.value = static_cast<double>(all.hits) / static_cast<double>(all.trials);
  const Interval pooled = wilson(all.hits, all.trials, level);
  s.ci95_low = pooled.low;
  s.ci95_high = pooled.high;
  if (use == ShareInterval::judged) {
    const Interval exact = exact_share(all.hits, all.trials, level);
    s.ci95_low = std::min(s.ci95_low, exact.low);
    s.ci95_high = std::max(s.ci95_high, exact.high);
  }
  if (own.size() >= 2) {
    const Interval between = student(own, level);
    const double half = (between.high - between.low) / 2;
    s.ci95_low = std::max(0.0, std::min(s.ci95_low, s.value - half));
    s.ci95_high = std::min(1.0, std::max(s.ci95_high, s.value + half));
  }
  return s;
}

Summary summarise_difference(std::span<const double> a, std::span<const double> b, double level) {
  std::vector<double> differences;
  bool finite = true;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    finite = finite && std::isfinite(a[i]) && std::isfinite(b[i]);
    differences.push_back(a[i] == b[i] ? 0 : a[i] - b[i]);
  }
  return mean_or_median(differences, finite, level);
}

}  // namespace peerlab
