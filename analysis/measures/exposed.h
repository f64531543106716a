// What somebody can read who has broken into k machines: exposed, exposed.all, exposed.metadata, for k = 0, 1, 2, 5, 10.
//
// Nobody breaks in: at each audit it is asked what he would have. For the random choice that is asked of 1,000 orders in which all
// machines fall one after the other, the same orders at every audit; for the best one, machines are taken one by one, each time one
// that adds most. k = 0 is joining and listening.
#pragma once

#include <cstdint>
#include <span>

namespace peerlab {

/// The numbers of machines for which exposure is always told.
std::span<const std::uint32_t> usual_machines();

}  // namespace peerlab
