// A chart of how values are distributed: one outline per system, over times by their logarithm.
//
// The axis is cut into stretches of equal width on the page; the height over one is the share of a system's values that lie in it. So
// systems with different numbers of values compare, and a second hump, such as of blocks that waited for a fault to end, is seen. The
// number of stretches is the square root of the smallest number of values, 8 to 40. Values that never came are in no stretch: the
// legend counts them, and they count in the shares.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/chart.h"

namespace peerlab {

struct ValuesOfSystem {
  std::string label;
  std::size_t series = 0;
  std::vector<double> seconds;  ///< rising; infinite: never
};

/// How many are infinite; they stand last.
std::size_t never_in(const std::vector<double>& rising);
/// `what` is the name of the values in the plural: "blocks".
std::string distribution_chart(const ChartHead& head, const std::string& what, const std::vector<ValuesOfSystem>& all);

}  // namespace peerlab
