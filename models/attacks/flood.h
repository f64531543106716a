// Flood: machines that the attacker holds ask for what is of no use to anybody, as fast as they can.
//
// Each of them asks `rate` times a second, in its own user's name and with his session, so that nothing is wrong with any one request. A
// service has a queue in which honest requests stand behind these, unless it limits what a session may ask (`rate_limit`). A peer with
// a copy of its own asks nobody, so that the attacker only keeps himself busy.
//
// Instead of asking for records that do not exist they may begin sessions and never finish them, which fills a service's `sessions`, or
// send writes with wrong signatures (flooder.h), which cost whoever checks them. The same limit answers all three; among peers whoever
// sends a wrong signature is cut off after the first.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow flood_row();

}  // namespace peerlab
