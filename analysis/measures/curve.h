// A share as a curve: hits / trials at each of a row of durations, such as "answered within 10 s". Files hold every point, the
// terminal's table a few.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/observation/metric.h"
#include "models/base/time.h"

namespace peerlab {

struct CurvePoint {
  std::string metric;
  Duration at{};  ///< zero may mean each operation's own
  std::uint64_t hits = 0;
  std::uint64_t trials = 0;
  bool shown = false;  ///< in the terminal's table
  /// Operations that had not got there when the run ended, before their time was over. All points of a curve speak of the same
  /// operations, so one of these is enough to leave the point out: those before it would be another sample.
  std::uint64_t undecided = 0;

  /// One operation that was given `deadline`. `reached`: within it; `left`: from its issue to the end of the run.
  void count(bool reached, Duration deadline, Duration left) {
    if (reached || deadline <= left) {
      ++trials;
      hits += reached ? 1U : 0U;
    } else {
      ++undecided;
    }
  }
};

/// Deadlines at which every curve over the deadline is told: 100 ms to 2 h in steps of 2, 2.5, 3 or 5.
std::span<const Duration> usual_deadlines();
/// Ages F for which freshness is told: 0 s to 1 h.
std::span<const Duration> usual_ages();

/// The points of `metric` at the usual durations, those in `shown` for the table; or, with an `argument`, that one alone.
std::vector<CurvePoint> curve_of(std::string_view metric, std::span<const Duration> usual,
                                 std::initializer_list<Duration> shown, std::string_view argument);
/// Adds the counts of the same curve of another run.
void add_counts(std::vector<CurvePoint>& curve, const std::vector<CurvePoint>& other);
void tell_curve(MetricSink& sink, const std::vector<CurvePoint>& curve, std::string_view why_none);

}  // namespace peerlab
