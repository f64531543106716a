#include "models/disturbances/disturbance.h"

#include "models/base/check.h"

namespace peerlab {

void Disturbance::act(Afflictions&, std::uint32_t) { CHECK_SAYING(false, "this row gave no moments to act at"); }

}  // namespace peerlab
