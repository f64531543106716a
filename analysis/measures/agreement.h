// Agreement: the share of pairs of on-line stores that agree z steps below the tip, averaged over time. A step is a block of a
// ledger or an entry of a service's log.
//
// At z = 0 they agree when their states have equal digests. Further down they agree when the state z steps below the higher of
// their two tips is in both their histories (history_tree.h): they may lag by z steps, and may differ in the last z. Instants with
// fewer than two stores on line have no pairs and no weight.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

/// `argument`: the depth z, or empty for 0, 1 and 6.
std::unique_ptr<Measure> make_agreement(std::string_view argument);

}  // namespace peerlab
