// Simulated time: whole nanoseconds in two strong types, an instant and a span. No double is ever an event's key.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace peerlab {

/// A span of simulated time, in nanoseconds. May be negative in arithmetic; the range is about 292 years.
struct Duration {
  std::int64_t ns = 0;

  friend constexpr auto operator<=>(Duration, Duration) = default;
  friend constexpr Duration operator+(Duration a, Duration b) { return {a.ns + b.ns}; }
  friend constexpr Duration operator-(Duration a, Duration b) { return {a.ns - b.ns}; }
  friend constexpr Duration operator*(Duration a, std::int64_t times) { return {a.ns * times}; }
  friend constexpr Duration operator*(std::int64_t times, Duration a) { return {a.ns * times}; }
  friend constexpr Duration operator/(Duration a, std::int64_t parts) { return {a.ns / parts}; }
  constexpr Duration& operator+=(Duration other) {
    ns += other.ns;
    return *this;
  }

  /// Seconds as a double, for reports and rates only.
  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(ns) * 1e-9; }

  static constexpr Duration from_seconds(double s) {
    return {static_cast<std::int64_t>(s * 1e9 + (s < 0 ? -0.5 : 0.5))};
  }
  static constexpr Duration max() { return {std::numeric_limits<std::int64_t>::max()}; }
};

constexpr Duration nanoseconds(std::int64_t n) { return {n}; }
constexpr Duration microseconds(std::int64_t n) { return {n * 1'000}; }
constexpr Duration milliseconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000'000}; }
constexpr Duration minutes(std::int64_t n) { return seconds(60 * n); }
constexpr Duration hours(std::int64_t n) { return seconds(3600 * n); }

/// An instant: nanoseconds since the start of the run.
struct Time {
  std::int64_t ns = 0;

  friend constexpr auto operator<=>(Time, Time) = default;
  friend constexpr Time operator+(Time t, Duration d) { return {t.ns + d.ns}; }
  friend constexpr Time operator-(Time t, Duration d) { return {t.ns - d.ns}; }
  friend constexpr Duration operator-(Time a, Time b) { return {a.ns - b.ns}; }

  [[nodiscard]] constexpr double seconds() const { return static_cast<double>(ns) * 1e-9; }

  static constexpr Time zero() { return {0}; }
  /// Later than every instant of a run: "never".
  static constexpr Time never() { return {std::numeric_limits<std::int64_t>::max()}; }
};

}  // namespace peerlab
