#include "analysis/theory/incomplete_beta.h"

#include <cmath>

#include "models/base/check.h"

namespace peerlab {
namespace {

// The fraction 1 / (1 + d1 / (1 + d2 / (1 + ...))) of DLMF 8.17.22.
double continued_fraction(double a, double b, double x) {
  constexpr double tiny = 1e-300;  // stands for a zero that would be divided by
  constexpr double enough = 1e-16;
  constexpr int most_steps = 1'000'000;
  const auto safe = [](double v) { return std::abs(v) < tiny ? tiny : v; };
  double c = 1;
  double d = 1 / safe(1 - (a + b) * x / (a + 1));
  double fraction = d;
  for (int m = 1; m <= most_steps; ++m) {
    double factor = 1;
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    for (const double term : {even, odd}) {
      d = 1 / safe(1 + term * d);
      c = safe(1 + term / c);
      factor = c * d;
      fraction *= factor;
    }
    if (std::abs(factor - 1) <= enough) return fraction;
  }
  CHECK_SAYING(false, "the continued fraction did not converge");
}

}  // namespace

double incomplete_beta(double a, double b, double x, double one_minus_x) {
  CHECK(a > 0 && b > 0);
  CHECK(x >= 0 && x <= 1);
  if (x == 0) return 0;
  if (one_minus_x == 0) return 1;
  const double log_front =
      std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log(one_minus_x);
  if (x < (a + 1) / (a + b + 2)) return std::exp(log_front) * continued_fraction(a, b, x) / a;
  return 1 - std::exp(log_front) * continued_fraction(b, a, one_minus_x) / b;
}

double log_choose(double n, double k) {
  CHECK(k >= 0 && k <= n);
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

}  // namespace peerlab
