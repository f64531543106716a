// One figure over all replications, with its interval.
//
// Values of runs: the mean, with Student's interval. As soon as one run says "never" (+infinity) a mean says nothing any
// more: the figure is then the median over runs, with the interval that order statistics give, whose upper end may be
// infinite. A censored run ("> x") counts as never, because its truth is unknown above x.
//
// Shares of counts: all hits over all trials. The interval is Wilson's over the pooled trials, or Student's over the
// runs' own shares where that is wider: trials of one run may hang together (one bad link hits many records), which
// shows between the runs and not within them. Held to 0 .. 1. Who judges by a share, rather than shows it, takes the exact binomial
// interval as well, where that is wider: Wilson's covers 95 % on average over all shares, and near 0 and 1 less for some.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "analysis/statistics/interval.h"

namespace peerlab {

struct Summary {
  enum class How : std::uint8_t { none, mean, median, share };
  double value = std::numeric_limits<double>::quiet_NaN();  ///< NaN: no run gave one
  double ci95_low = -std::numeric_limits<double>::infinity();
  double ci95_high = std::numeric_limits<double>::infinity();
  std::uint64_t n = 0;  ///< runs that gave a value
  How how = How::none;
  [[nodiscard]] bool has_value() const { return n > 0; }
};

struct Share {
  std::uint64_t hits = 0;
  std::uint64_t trials = 0;
};

/// `level` is that of the interval; at another one than 95 % the ends in `ci95_low` and `ci95_high` are those of that level.
Summary summarise_values(std::span<const double> values, double level = 0.95);
/// What the interval of a share is for.
enum class ShareInterval : std::uint8_t { shown, judged };
/// Runs without trials are left out.
Summary summarise_shares(std::span<const Share> runs, double level = 0.95, ShareInterval use = ShareInterval::shown);
/// a_i - b_i over pairs of runs, infinities ("never") included: a pair of which one says never differs by infinity, and a pair of
/// which both do differs by nothing. As soon as there is one of either sort the figure is the median. Leaving such pairs out
/// would speak of the lucky runs alone. A pair with a NaN (no figure) says nothing and is left out.
Summary summarise_difference(std::span<const double> a, std::span<const double> b, double level = 0.95);

}  // namespace peerlab
