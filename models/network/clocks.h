// How far the clocks of a region are ahead of UTC: where half of its people live, roughly.
//
// Winter time throughout: NA central United States (UTC-6), EU central Europe (+1), SA Brazil (-3), AS China (+8), JP (+9),
// AU its east coast (+10). A run begins at midnight UTC.
#pragma once

#include "models/base/ids.h"
#include "models/base/time.h"

namespace peerlab {

/// Local time minus UTC in that region of the geography.
Duration clock_of(RegionId region);

}  // namespace peerlab
