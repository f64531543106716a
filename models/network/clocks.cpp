#include "models/network/clocks.h"

#include <array>

#include "models/base/check.h"
#include "models/network/geography.h"

namespace peerlab {

Duration clock_of(RegionId region) {
  static constexpr std::array<std::int64_t, region_count> ahead = {-6, 1, -3, 8, 9, 10};  // NA EU SA AS JP AU
  CHECK(region.index() < ahead.size());
  return hours(ahead[region.index()]);
}

}  // namespace peerlab
