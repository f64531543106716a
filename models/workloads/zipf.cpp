#include "models/workloads/zipf.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/base/numeric.h"

namespace peerlab {

namespace {

/// log(1 + x) / x, also at 0. The direct form loses digits below 1e-3, the series has them all there.
double log_ratio(double x) {
  if (x < -1e-3 || x > 1e-3) return exact::log(1 + x) / x;
  return 1 - x * (1.0 / 2 - x * (1.0 / 3 - x * (1.0 / 4 - x * (1.0 / 5))));
}

/// (exp(x) - 1) / x, also at 0.
double exp_ratio(double x) {
  if (x < -1e-3 || x > 1e-3) return (exact::exp(x) - 1) / x;
  return 1 + x * (1.0 / 2 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120))));
}

/// The hat h(x) = x^-s over the real numbers, its integral H with H(1) = 0, and the inverse of H.
struct Hat {
  double s;
  double h(double x) const { return exact::exp(-s * exact::log(x)); }
  double integral(double x) const {
    const double log_x = exact::log(x);
    return exp_ratio((1 - s) * log_x) * log_x;
  }
  double inverse(double y) const {
    const double t = std::max(y * (1 - s), -1 + 0x1p-52);  // rounding may carry t to the edge of the logarithm
    return exact::exp(log_ratio(t) * y);
  }
};

}  // namespace

std::uint64_t zipf(Stream& random, std::uint64_t n, double s) {
  CHECK(n > 0);
  CHECK(s >= 0);
  if (n == 1) return 1;
  const Hat hat{s};
  const double top = hat.integral(1.5) - 1;  // rank 1 gets exactly its mass: H(1.5) - h(1)
  const double bottom = hat.integral(static_cast<double>(n) + 0.5);
  const double always = 2 - hat.inverse(hat.integral(2.5) - hat.h(2));  // within this of the rank: accepted at once
  while (true) {
    const double u = bottom + random.uniform() * (top - bottom);
    const double x = hat.inverse(u);
    const double nearest = std::clamp(x + 0.5, 1.0, static_cast<double>(n));
    const auto rank = static_cast<std::uint64_t>(nearest);
    const auto k = static_cast<double>(rank);
    if (k - x <= always || u >= hat.integral(k + 0.5) - hat.h(k)) return rank;
  }
}

}  // namespace peerlab
