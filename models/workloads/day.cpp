#include "models/workloads/day.h"

#include "models/base/numeric.h"

namespace peerlab {

double Day::at(Time now, Duration ahead) const {
  constexpr std::int64_t day = hours(24).ns;
  std::int64_t since_peak = ((now - Time::zero()) + ahead - peak_).ns % day;
  if (since_peak < 0) since_peak += day;
  return 1 + amplitude_ * exact::cos_of_turns(static_cast<double>(since_peak) / static_cast<double>(day));
}

}  // namespace peerlab
