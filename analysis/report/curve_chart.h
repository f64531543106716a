// A chart of shares against time, one curve per system with its band: availability over the deadline, or how far something
// has spread after how long.
//
// The band is the 95 % interval, upright where the share is the figure, lying where the time is. A time that never comes
// is no point of the plane: its mark stands hollow at the right edge, and the curve ends before it. Curves that
// lie upon one another are still told apart by their signs and dashes.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/chart.h"
#include "analysis/statistics/interval.h"

namespace peerlab {

struct CurveDot {
  double seconds = 0;  ///< may be infinite: never
  double share = 0;
  Interval across;   ///< of `seconds`; both ends equal to it: none
  Interval upright;  ///< of `share`, likewise
};

struct Curve {
  std::string label;
  std::size_t series = 0;
  std::vector<CurveDot> dots;  ///< none: `note` says why
  std::string note;
};

struct CurveAxes {
  std::string time;   ///< "deadline", "time since it was found"
  std::string share;  ///< "share of writes"
};

std::string curve_chart(const ChartHead& head, const CurveAxes& axes, const std::vector<Curve>& curves);

}  // namespace peerlab
