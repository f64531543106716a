// What lies on a ledger peer, as an auditor or a thief finds it: on its disk, and in its memory.
//
// A block counts when the peer stands on it, or would after a restart: of the blocks whose ancestors are all there and that
// keep every rule, the chain with the most work, of equals the one that was complete first (as BlockTree chooses). Blocks
// off that chain are what the network has agreed to forget. Each block of the chain is one bundle. Beside it lie the
// transactions that wait for a block: in memory the mempool, on disk the user's own.
#pragma once

#include <span>

#include "models/ledger/pool.h"
#include "models/node/disk.h"
#include "models/node/holdings.h"
#include "models/protocols/nakamoto.h"

namespace peerlab {

/// The block on which a peer with this disk would stand.
BlockRef tip_on_disk(const BlockPool& pool, std::span<const DiskEntry> entries);

/// Tells the chain of `tip`, a bundle a block. Cost: one call for each block that the sink knows.
void show_chain(const NakamotoShared& shared, BlockPool& pool, BlockRef tip, HoldingsSink& sink);
/// Tells the contents that came with one transaction.
void show_transaction(const NakamotoShared& shared, BlockPool& pool, TxRef tx, HoldingsSink& sink);
/// Tells a whole disk.
void show_peer_disk(const NakamotoShared& shared, BlockPool& pool, std::span<const DiskEntry> entries,
                    HoldingsSink& sink);

}  // namespace peerlab
