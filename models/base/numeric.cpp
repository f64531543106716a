#include "models/base/numeric.h"

#include <bit>
#include <limits>

namespace peerlab::exact {

namespace {
constexpr double ln2_high = 6.93147180369123816490e-01;  // the upper 32 bits of ln 2: k * ln2_high is exact
constexpr double ln2_low = 1.90821492927058770002e-10;   // the rest
}  // namespace

double log(double x) {
  std::int64_t exponent_shift = 0;
  if (x < 2.2250738585072014e-308) {  // subnormal: scale up first
    x *= 18014398509481984.0;         // 2^54
    exponent_shift = -54;
  }
  auto bits = std::bit_cast<std::uint64_t>(x);
  // Take m in [sqrt(1/2), sqrt(2)) so that s below stays small on both sides of one.
  std::int64_t k = static_cast<std::int64_t>(bits >> 52) - 1023 + exponent_shift;
  bits = (bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL;
  double m = std::bit_cast<double>(bits);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++k;
  }
  // log m = 2 atanh(s) with s = (m-1)/(m+1), |s| < 0.1716: eleven odd terms reach 1e-17.
  const double s = (m - 1.0) / (m + 1.0);
  const double z = s * s;
  double series = 1.0 / 23.0;
  series = series * z + 1.0 / 21.0;
  series = series * z + 1.0 / 19.0;
  series = series * z + 1.0 / 17.0;
  series = series * z + 1.0 / 15.0;
  series = series * z + 1.0 / 13.0;
  series = series * z + 1.0 / 11.0;
  series = series * z + 1.0 / 9.0;
  series = series * z + 1.0 / 7.0;
  series = series * z + 1.0 / 5.0;
  series = series * z + 1.0 / 3.0;
  const double log_m = 2.0 * s + 2.0 * s * z * series;
  const auto kd = static_cast<double>(k);
  return kd * ln2_high + (log_m + kd * ln2_low);
}

double exp(double x) {
  if (x > 709.0) return std::numeric_limits<double>::infinity();
  if (x < -708.0) return 0.0;
  constexpr double inverse_ln2 = 1.44269504088896338700;
  const double scaled = x * inverse_ln2;
  const auto k = static_cast<std::int64_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
  const auto kd = static_cast<double>(k);
  const double r = (x - kd * ln2_high) - kd * ln2_low;  // |r| <= ln2 / 2
  // Taylor series to r^13 / 13!: remainder below 1e-17.
  double e = 1.0 / 6227020800.0;
  e = e * r + 1.0 / 479001600.0;
  e = e * r + 1.0 / 39916800.0;
  e = e * r + 1.0 / 3628800.0;
  e = e * r + 1.0 / 362880.0;
  e = e * r + 1.0 / 40320.0;
  e = e * r + 1.0 / 5040.0;
  e = e * r + 1.0 / 720.0;
  e = e * r + 1.0 / 120.0;
  e = e * r + 1.0 / 24.0;
  e = e * r + 1.0 / 6.0;
  e = e * r + 0.5;
  e = e * r + 1.0;
  e = e * r + 1.0;
  return e * std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

double pow(double x, double y) { return exp(y * log(x)); }

double cos_of_turns(double turns) {
  const double folded = turns > 0.5 ? 1.0 - turns : turns;  // 0 .. 1/2: the two halves of a turn are mirror images
  const bool obtuse = folded > 0.25;
  const double acute = obtuse ? 0.5 - folded : folded;  // 0 .. 1/4
  const bool steep = acute > 0.125;                     // there the sine of the complement is small and precise
  const double x = 6.28318530717958647693 * (steep ? 0.25 - acute : acute);  // 0 .. pi / 4
  const double z = x * x;
  double series = 1;
  // Taylor series to x^16 / 16! and x^17 / 17!: remainder below 1e-17.
  for (double n = steep ? 17 : 16; n >= 2; n -= 2) series = 1.0 - series * z / (n * (n - 1));
  const double cosine = steep ? series * x : series;
  return obtuse ? -cosine : cosine;
}

}  // namespace peerlab::exact
