// Ransom: somebody who has broken into machines wipes their disks, and what backups he can reach from there.
//
// A backup that is kept off line survives. After `repair` the owners have the machines running again, with empty disks: a service fetches
// its backup if there is one, a peer asks the others.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow ransom_row();

}  // namespace peerlab
