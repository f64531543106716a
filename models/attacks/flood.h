// Flood: machines that the attacker holds ask for records that do not exist, as fast as they can.
//
// Each of them asks `rate` times a second, in its own user's name and with his session, so that nothing is wrong with any one request. A
// service has a queue in which honest requests stand behind these, unless it limits what a session may ask (`rate_limit`). A peer with
// a copy of its own asks nobody, so that the attacker only keeps himself busy.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow flood_row();

}  // namespace peerlab
