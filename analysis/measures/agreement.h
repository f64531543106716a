// Agreement: the share of pairs of on-line stores with equal state, z blocks below their tips, averaged over time.
//
// At z = 0 states are compared by their digests. Further down a state is named by its block, because the state after a block
// is a pure function of the block's id. Instants with fewer than two stores on line have no pairs and no weight.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

/// `argument`: the depth z, or empty for 0, 1 and 6.
std::unique_ptr<Measure> make_agreement(std::string_view argument);

}  // namespace peerlab
