// Roll-back: an operator restores an old state, as if what was written since had never been.
//
// He keeps the disks of his machines as they are `back` before the attack, then switches the machines off, puts those disks in and
// switches them on again. A service goes on from there. A ledger's peers hear from others what they lack, unless nobody is left who
// knows it.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow roll_back_row();

}  // namespace peerlab
