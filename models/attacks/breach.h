// Breach: a thief copies what lies on the machines that he has broken into, and really tries to read it.
//
// When it begins he takes his machines and copies disk, memory, secret keys, and what whoever joins is sent. What is in the clear he
// reads. What is sealed he tries to open, with the key of its owner if that is among those found. With that key he also
// gets whatever the service gives to its owner. What he got is told, a `deed done` for each record's content.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow breach_row();

}  // namespace peerlab
