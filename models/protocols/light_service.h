// What a full peer does for the light users that are linked to it, besides what it does for every neighbour.
//
// It answers from its own chain and mempool: which outputs a key can spend, the writes that make up a record, where a transaction is and
// the branch to the merkle root of its block, and a transaction itself. Looking up is charged as the peer's own user is charged;
// a proof reads the block from the disk and hashes all its inner nodes, once for each block in the answer.
//
// Who is light both ends know when a link opens, as the service bits of Bitcoin's version message say it; the handshake costs nothing
// here, like the rest of it. A light neighbour is told of blocks, not of transactions (BIP 37, `relay` off).
#pragma once

#include "models/replication/messages.h"
#include "models/replication/replica.h"

namespace peerlab {

/// Answers light question, proof request and transaction request.
void answer_light(Replica& replica, NodeId from, const Message& message, Outbox& out);

}  // namespace peerlab
