// Catching up: headers first, then the bodies on the way to the best header, in a moving window, from several peers.
//
// A node that joins, comes back, or whose link was mended asks for headers: it sends a locator (ids of its chain at growing distances)
// and is sent up to 2,000 headers that follow. One peer is asked at a time, the others wait their turn, because most of
// them know the same chain: a peer with nothing new answers with an inventory of its tip. Then bodies are asked for, lowest first, of the
// peers whose best header lies on that chain, at most `per_peer` at a time of each; a body that does not come is asked
// of another such peer (RequestTracker).
//
// While more than a block is missing the node is `catching`: it announces nothing, and asks for whole blocks.
#pragma once

#include <span>
#include <vector>

#include "models/replication/block_relay.h"

namespace peerlab {

class HeaderSync {
 public:
  static constexpr std::uint32_t per_peer = 16;

  /// A question for headers may take as long as one for a block.
  HeaderSync(Replica& replica, BlockRelay& relay) : r_(replica), relay_(relay) {}

  /// Asks `peer` for headers, now or when its turn comes.
  void consult(NodeId peer, Time now, Outbox& out);
  /// Answers a locator.
  void asked(NodeId from, const Message& m, Outbox& out);
  /// Headers came. Returns the fault of the sender, or ok. The caller then calls `pursue`.
  Verdict received(Time now, NodeId from, std::span<const BlockRef> list, Outbox& out);
  /// An inventory of `block` came: it may be an answer, and it says what the peer has.
  void announced(Time now, NodeId from, BlockRef block, Outbox& out);
  /// Asks for what is missing on the way to the best header. Returns true when the node has just caught up.
  bool pursue(Time now, Outbox& out);
  /// The link to `peer` is gone.
  void gone(NodeId peer, Time now, Outbox& out);
  /// The timer rang.
  void expire(Time now, Outbox& out);

  [[nodiscard]] Time deadline() const { return deadline_; }
  /// A header question is open or waits its turn.
  [[nodiscard]] bool asking() const { return asked_.valid() || !queue_.empty(); }
  [[nodiscard]] bool catching() const { return catching_; }
  /// A header with more work than the tip's chain is known.
  [[nodiscard]] bool behind() const {
    // Of two chains with equal work the one complete first stays the tip, whichever header was first.
    return r_.pool.headers.work(r_.tree.best_header()) > r_.pool.headers.work(r_.tree.tip());
  }

 private:
  struct Ahead {
    NodeId peer;
    BlockRef best;  ///< the last header on its chain that we know of
  };
  void ask(NodeId peer, BlockRef from, Time now, Outbox& out);
  void ask_next(Time now, Outbox& out);
  void note(NodeId peer, BlockRef best);
  /// `load`: by place in ahead_, how many blocks it is being asked for.
  void request(BlockRef block, Time now, std::span<std::uint32_t> load, Outbox& out);

  Replica& r_;
  BlockRelay& relay_;
  Time deadline_ = Time::never();
  NodeId asked_;
  bool catching_ = false;
  ThinVector<NodeId> queue_;
  ThinVector<Ahead> ahead_;
};

}  // namespace peerlab
