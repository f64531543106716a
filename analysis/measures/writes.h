// What users notice of their writes.
//
//   latency    time from issue until accepted, acked, visible to a probe user (probes.h), and final; an operation that never got there
//              counts as +infinity
//   available  operations acked within their deadline / issued, and the same for other deadlines: a curve, because whoever
//              picks one deadline picks the winner. For a deadline D only operations issued until end - D are judged.
//   reverted   acked operations that were ever undone / acked, and of these the ones that never came back
//
// The cohort is the writes issued in [warmup, end - settle]; demand of users whose own machine is off is counted apart.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_latency(std::string_view argument);
/// `argument`: one deadline such as `10 min`, or empty for the operations' own and the usual curve.
std::unique_ptr<Measure> make_available(std::string_view argument);
std::unique_ptr<Measure> make_reverted(std::string_view argument);

}  // namespace peerlab
