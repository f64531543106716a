// What every chart has around its drawing: a title that says what is shown, the scenario below it, and at the foot how to
// make it again. Large enough to be read from the back of a room.
#pragma once

#include <string>

#include "analysis/report/svg.h"

namespace peerlab {

struct ChartHead {
  std::string id;           ///< of the picture, and its file's stem
  std::string title;        ///< "How long people wait"
  std::string about;        ///< scenario, setup, what the interval is
  std::string axis;         ///< "time since the request"
  std::string description;  ///< every figure in words, for those who listen
  std::string foot;         ///< version, seed and command
};

/// Where the drawing may begin, below title and scenario.
constexpr double chart_top = 84;
constexpr double chart_width = 1000;
constexpr double chart_margin = 24;
constexpr double about_size = 15;  // of the line below the title

Svg begin_chart(const ChartHead& head);
/// Writes the foot; `bottom` is where the drawing ends.
std::string finish_chart(Svg& svg, const ChartHead& head, double bottom);

}  // namespace peerlab
