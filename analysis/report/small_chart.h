// A small curve, one per system, on axes that its neighbours share: systems side by side are compared at a glance.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/curve_chart.h"

namespace peerlab {

/// `all` are the curves that share the axes; `curve` is one of them.
std::string small_chart(const std::string& id, const CurveAxes& axes, const Curve& curve,
                        const std::vector<Curve>& all);

}  // namespace peerlab
