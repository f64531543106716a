// A time in which a line asks more often, or less: what a scenario writes as `10 times at 1 h for 10 min`.
//
//   none                                         the rate is what it is
//   10 times at 1 h for 10 min                   ten times the rate from 1 h to 1 h 10 min
//   3 times at 6 h for 1 h every 24 h            the same again every day
//   0.1 times at 2 h for 30 min                  a lull
#pragma once

#include <string_view>

#include "models/base/quantity.h"
#include "models/base/time.h"

namespace peerlab {

struct Burst {
  double factor = 1;  ///< on the rate; 1: no burst
  Time at;
  Duration lasts{};
  Duration every{};  ///< zero: once

  /// Whether `now` lies in [begin, begin + lasts) of one of its occurrences.
  [[nodiscard]] bool covers(Time now) const;
  /// Calls `visit(from, until)` for each part of it in [from, until), in rising order.
  template <class Visit>
  void each(Time from, Time until, Visit&& visit) const {
    if (factor == 1) return;
    Time begin = at;
    while (begin < until) {
      const Time end = lasts < until - begin ? begin + lasts : until;
      if (end > from) visit(begin < from ? from : begin, end);
      if (every.ns == 0 || every >= until - begin) return;
      begin = begin + every;
    }
  }
  /// How much of [from, until) it covers.
  [[nodiscard]] Duration within(Time from, Time until) const;

  friend bool operator==(const Burst&, const Burst&) = default;
};

Parsed<Burst> parse_burst(std::string_view text);

}  // namespace peerlab
