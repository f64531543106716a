// A figure against another number: how it changes along the axis of a sweep, or what was simulated against what was predicted.
//
// Series differ in colour, dash and sign. A joined series has a line and the band of its intervals; one that is not has a sign and a
// whisker per point. What never comes, an infinite value, stands hollow at the upper edge.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/chart.h"
#include "analysis/statistics/interval.h"

namespace peerlab {

struct XyDot {
  double x = 0;
  double y = 0;
  Interval interval;  ///< of y; both ends equal to it: none
  std::string hint;   ///< what the pointer is told
};

struct XySeries {
  std::string label;
  std::size_t series = 0;
  std::vector<XyDot> dots;  ///< in rising x where they are joined
};

struct XyAxes {
  std::string x;
  std::string x_unit;
  std::string y;
  std::string y_unit;
  bool joined = true;
  bool diagonal = false;  ///< both axes are the same, and a line is drawn where x equals y
};

std::string xy_chart(const ChartHead& head, const XyAxes& axes, const std::vector<XySeries>& all);

}  // namespace peerlab
