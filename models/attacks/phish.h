// Phish: owners give away the use of their keys, and somebody signs in their names.
//
// For each user's machine that is taken, its user's key is the thief's. What he then writes bears the right signature, and no system can
// tell it from the owner's own doing. It reaches as far as the key: the records of those owners.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow phish_row();

}  // namespace peerlab
