// A law of chance as a small value: what a scenario writes as `uniform 10 ms..50 ms` or `lognormal median 2 kB sigma 1`.
//
// Values are doubles in the base unit of their kind: nanoseconds for durations, bytes for sizes, bit/s for bandwidths.
// Sampling uses our own logarithm and exponential, so that every processor draws the same value.
#pragma once

#include <cstdint>

#include "models/base/random.h"

namespace peerlab {

struct Distribution {
  enum class Law : std::uint8_t { constant, uniform, exponential, normal, lognormal, pareto };
  Law law = Law::constant;
  double a =
      0;  ///< constant: the value; uniform: lowest; exponential: mean; normal: mean; lognormal: median; pareto: scale (smallest value)
  double b =
      0;  ///< uniform: highest; normal: standard deviation; lognormal: sigma of the logarithm; pareto: shape; otherwise unused

  static Distribution constant(double value) { return {Law::constant, value, 0}; }
  static Distribution uniform(double lowest, double highest) { return {Law::uniform, lowest, highest}; }
  static Distribution exponential(double mean) { return {Law::exponential, mean, 0}; }
  static Distribution normal(double mean, double sd) { return {Law::normal, mean, sd}; }
  static Distribution lognormal(double median, double sigma) { return {Law::lognormal, median, sigma}; }
  static Distribution pareto(double scale, double shape) { return {Law::pareto, scale, shape}; }

  /// One value. A constant draws nothing, every other law exactly one number. A normal may be negative: the caller clips.
  double sample(Stream& stream) const;
  /// Expected value; infinity for a Pareto law with shape <= 1.
  [[nodiscard]] double mean() const;
  /// Smallest possible value (minus infinity for a normal law).
  [[nodiscard]] double lowest() const;

  friend bool operator==(const Distribution&, const Distribution&) = default;
};

}  // namespace peerlab
