// Tamper: whoever has broken into a machine alters the records that it serves.
//
// From then on every content that the machine sends to a reader is another one of the same length, together with a write that commits
// to it. Only the owner's signature does not fit: a reader who checks it refuses the answer, one who takes the server's word
// believes it. A peer with a copy of its own asks nobody; light users check what they are sent. Whoever catches up is given blocks with
// altered contents, which do not lead to the merkle roots of their headers: he cuts the machine off and asks another one.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow tamper_row();

}  // namespace peerlab
