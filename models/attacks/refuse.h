// Refuse: machines do not take what some users ask for. (On the ledger's level, by hash power, it is called censorship.)
//
// They are whom `victim` chooses, the same in every system. A server that is taken does not hear their reads and writes; a peer
// that is taken drops their transactions, so that they get neither on from there nor into its blocks. Everybody else is served.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow refuse_row();

}  // namespace peerlab
