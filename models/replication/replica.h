// What the pieces of replication share on one node: what it has, what it wants, whom it has cut off.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "models/base/bits.h"
#include "models/base/thin_vector.h"
#include "models/ledger/block_tree.h"
#include "models/node/node.h"
#include "models/replication/late_mempool.h"
#include "models/replication/recent_set.h"
#include "models/replication/request_tracker.h"

namespace peerlab {

/// Slots of an honest replica.
inline constexpr Slot request_slot = 0;   ///< the earliest deadline of all requests
inline constexpr Slot announce_slot = 1;  ///< the next batch of transaction announcements

inline void charge(Work& work, const Effort& effort) {
  work.headers += effort.headers;
  work.signatures += effort.signatures;
  work.state_steps += effort.state_steps;
  work.bytes_hashed += effort.bytes_hashed;
}

/// The sets that answer most messages; they lie in the node's first cache line. (See RecentSet.)
struct HotSets {
  [[no_unique_address]] RecentSet blocks;        ///< bodies that came, whatever became of them
  [[no_unique_address]] RecentSet transactions;  ///< transactions that came, whatever became of them
  bool awaits_headers = false;                   ///< an inventory may be the answer to get_headers
  bool at_rest =
      false;  ///< nothing is asked of anybody, and nobody is silent or cut off: what came before changes nothing
  bool announces = false;  ///< transactions wait for the next batch: who announces them need not be told
};

struct Replica {
  Replica(const Home& its_home, HotSets& hot_sets, std::uint64_t mempool_limit, Duration block_timeout,
          Duration transaction_timeout);

  [[nodiscard]] bool came(BlockRef b) const { return hot.blocks.surely_has(b.value) || tree.came(b); }
  [[nodiscard]] bool came(TxRef tx) const { return hot.transactions.has(tx.value, transactions); }
  bool note(BlockRef b) { return hot.blocks.add(b.value, tree.came()); }
  bool note(TxRef tx) { return hot.transactions.add(tx.value, transactions); }

  void note(MaskWord transactions_too) {
    hot.transactions.add_word(transactions_too.word, transactions_too.bits, transactions);
  }

  [[nodiscard]] std::span<const NodeId> neighbours() const { return home.links->of(home.self); }
  [[nodiscard]] bool banned(NodeId peer) const {
    return !cut_off.empty() && std::find(cut_off.begin(), cut_off.end(), peer) != cut_off.end();
  }
  [[nodiscard]] bool is_light(NodeId peer) const { return light != nullptr && light->has(peer.value); }
  /// Cuts `peer` off for good and says so.
  void ban(NodeId peer, Verdict verdict, Outbox& out);

  /// Rings `request_slot` at `at`, unless it rings earlier anyway.
  void ring_by(Time at, Outbox& out) {
    if (at >= rings) return;
    rings = at;
    out.arm(request_slot, at);
  }

  /// What it needs of its Home.
  struct Place {
    NodeId self;
    bool has_key;
    Parcels* parcels;
    const Links* links;
  };

  // In the order in which blocks need them.
  BlockPool& pool;
  HotSets& hot;
  ThinVector<NodeId> cut_off;
  Time rings = Time::never();  ///< when request_slot rings; never: it is not armed
  RequestTracker tracker;
  BlockTree tree;
  Place home;
  LateMempool mempool;
  Bits transactions;
  const Bits* light = nullptr;  ///< nodes that keep headers only: told of blocks, not of transactions; null: none
};

}  // namespace peerlab
