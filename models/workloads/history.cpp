#include "models/workloads/history.h"

#include <algorithm>

namespace peerlab {

std::size_t History::published_by(Time instant) const {
  const auto end = std::upper_bound(records_.begin(), records_.end(), instant,
                                    [](Time t, const RecordSoFar& record) { return t < record.published; });
  return static_cast<std::size_t>(end - records_.begin());
}

}  // namespace peerlab
