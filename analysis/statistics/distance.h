// How far a figure lies from what it should be, in standard errors.
//
// Of values of independent runs: the mean's distance over its standard error, estimated from the same runs. Few runs
// estimate it badly, so the distance is Student's, given as the one of the normal law that is as improbable: 3.9 means
// the same at five runs and at five hundred. Of shares of counts also the distance over the binomial standard error
// at the predicted share; the nearer of the two, because trials of one run may hang together (which only the runs show).
// What is predicted may have a standard error of its own; the degrees of freedom are then Welch's.
#pragma once

#include <limits>
#include <span>

#include "analysis/statistics/summary.h"

namespace peerlab {

/// What counts as agreement: with about eighty comparisons that all have to hold, an honest figure is as far off once in a
/// hundred suites.
inline constexpr double far_off = 3.9;

struct Distance {
  double errors =
      std::numeric_limits<double>::quiet_NaN();  ///< signed; NaN: nothing to tell it by; infinite: it never varies
  double standard_error = std::numeric_limits<double>::quiet_NaN();  ///< of the figure
  [[nodiscard]] bool known() const { return errors == errors; }
};

/// `own` is the standard error of `predicted`. One value alone has no distance unless own > 0.
Distance distance_of(std::span<const double> values, double predicted, double own = 0);
/// Of shares: pooled over the runs.
Distance distance_of_shares(std::span<const Share> runs, double predicted, double own = 0);

}  // namespace peerlab
