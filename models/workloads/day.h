// How the wish to ask goes up and down with the hour of the day where somebody lives.
//
// The rate is multiplied by 1 + a cos(2 pi (t - peak) / 24 h), t the local time: 1 + a at the peak hour, 1 - a twelve hours
// from it, and 1 on average over whole days. A run begins at midnight UTC.
#pragma once

#include "models/base/time.h"

namespace peerlab {

class Day {
 public:
  Day(double amplitude, Duration peak) : amplitude_(amplitude), peak_(peak) {}

  [[nodiscard]] bool flat() const { return amplitude_ == 0; }
  /// Largest factor that there is.
  [[nodiscard]] double most() const { return 1 + amplitude_; }
  /// The factor at `now` for somebody whose clock is `ahead` of UTC.
  [[nodiscard]] double at(Time now, Duration ahead) const;

 private:
  double amplitude_;
  Duration peak_;
};

}  // namespace peerlab
