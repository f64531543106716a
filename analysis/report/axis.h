// An axis: which stretch of values it shows, whether by their logarithm, and the ticks that people read.
//
// Times have ticks at the clock's own steps (1 s, 10 s, 1 min, 1 h), never at 1,000 s. Shares start at 0 and end at 100 % as soon as
// one of them is above a half. Times are shown by their logarithm, and so are sizes and counts that lie far apart (a factor
// of 20; times end at 10,000 days): systems differ by orders of magnitude, and a linear axis would show the largest alone. An axis by logarithm covers
// at least a factor of ten, so that small differences do not look large. Positions need a logarithm that is the same
// everywhere: models/base/numeric.h.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peerlab {

struct Tick {
  double value = 0;
  std::string label;  ///< with its unit: `10 min`, `20 %`, `5 MB`
};

struct Axis {
  bool logarithmic = false;
  double low = 0;
  double high = 1;
  std::vector<Tick> ticks;
  /// 0 at `low`, 1 at `high`; what lies beyond is held at the end.
  [[nodiscard]] double position(double value) const;
};

/// For values of `unit` (one of Metric's), of which those that are not finite are left out; at most `most` ticks.
Axis axis_for(std::span<const double> values, std::string_view unit, std::size_t most);
/// 0 .. 100 %.
Axis axis_of_shares();

}  // namespace peerlab
