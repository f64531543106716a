#include "analysis/statistics/summary.h"

#include <algorithm>
#include <cmath>

#include "analysis/statistics/quantile.h"

namespace peerlab {

Summary summarise_values(std::span<const double> values) {
  Summary s;
  if (values.empty()) return s;
  s.n = values.size();
  const bool finite = std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  const Interval interval = finite ? student(values) : of_quantile(values, 0.5);
  s.how = finite ? Summary::How::mean : Summary::How::median;
  s.value = finite ? mean(values) : median(values);
  s.ci95_low = interval.low;
  s.ci95_high = interval.high;
  return s;
}

Summary summarise_shares(std::span<const Share> runs) {
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
  const Interval pooled = wilson(all.hits, all.trials);
  s.ci95_low = pooled.low;
  s.ci95_high = pooled.high;
  if (own.size() >= 2) {
    const Interval between = student(own);
    const double half = (between.high - between.low) / 2;
    s.ci95_low = std::max(0.0, std::min(s.ci95_low, s.value - half));
    s.ci95_high = std::min(1.0, std::max(s.ci95_high, s.value + half));
  }
  return s;
}

Summary summarise_difference(std::span<const double> a, std::span<const double> b) {
  std::vector<double> differences;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (std::isfinite(a[i]) && std::isfinite(b[i])) differences.push_back(a[i] - b[i]);
  }
  return summarise_values(differences);
}

}  // namespace peerlab
