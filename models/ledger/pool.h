// What is known of blocks and transactions, once, for all who may know it.
//
// A verdict in context and the state after a block are pure functions of the block's id, once its body is bound to it.
// So a pool computes them once and remembers them; in the simulator all nodes share one pool, over sockets each
// process has its own. Every node that asks is charged the same Effort, computed or remembered.
//
// The pool never tells a node of a block or a transaction that the node has not received: each node keeps its own sets
// (BlockTree, Mempool) and asks only about what is in them. What depends on local time stays outside. Dense references
// depend on the order of arrival: nothing visible may be ordered by them.
#pragma once

#include <cstddef>
#include <vector>

#include "models/ledger/body_store.h"
#include "models/ledger/chain_state.h"
#include "models/ledger/genesis.h"
#include "models/ledger/header_tree.h"
#include "models/ledger/live_outputs.h"
#include "models/ledger/refs.h"
#include "models/ledger/rules.h"
#include "models/ledger/transaction_store.h"

namespace peerlab {

/// A block that broke a rule when its turn came.
struct RefusedBlock {
  BlockRef block;
  Verdict verdict = Verdict::ok;
};

class BlockPool {
 public:
  BlockPool(const Rules& its_rules, const Genesis& genesis);
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;

  const Rules rules;
  TransactionStore transactions;
  BodyStore bodies;
  HeaderTree headers;
  ChainState state;
  LiveOutputs live;  ///< for wallets: an owner's outputs without what was spent long ago

  /// Working memory of BlockTree::offer_body, lent to whichever tree is called: a tree per node keeps none of its own.
  struct Scratch {
    std::vector<BlockRef> fresh;  ///< became complete in this call, in order
    std::vector<BlockRef> disconnected;
    std::vector<BlockRef> connected;
    std::vector<RefusedBlock> refused;
  } scratch;

  [[nodiscard]] BlockRef genesis() const { return headers.genesis(); }
  [[nodiscard]] std::size_t memory() const;
};

}  // namespace peerlab
