// Insider: the operator himself uses his key. He alters, gives away or erases records of his users.
//
// He asks the nodes on his machines for a write in the owner's name. A service writes down what its operator says, without a signature,
// and ships it to all its servers: a quorum under one operator does nothing against him. (Where owners sign, its other servers
// refuse that unless they are his as well; and as long as he has a single one he brings the whole service to a stop.) Readers who check signatures find
// out, but what he has overwritten or erased is gone. A ledger's peer has the key of its own user and of nobody else, and what
// it signs for others no peer takes.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow insider_row();

}  // namespace peerlab
