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

#include <memory>
#include <span>
#include <vector>

#include "models/replication/block_relay.h"

namespace peerlab {

class HeaderSync {
 public:
  static constexpr std::uint32_t per_peer = 16;

  /// A question for headers may take as long as one for a block.
  explicit HeaderSync(BlockRelay& relay) : relay_(relay) {}

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

  [[nodiscard]] Time deadline() const { return state_ == nullptr ? Time::never() : state_->deadline; }
  /// A header question is open or waits its turn.
  [[nodiscard]] bool asking() const { return asked().valid() || (state_ != nullptr && !state_->queue.empty()); }
  [[nodiscard]] bool catching() const { return state_ != nullptr && state_->catching; }
  /// A header with more work than the tip's chain is known.
  [[nodiscard]] bool behind() const {
    // Of two chains with equal work the one complete first stays the tip, whichever header was first.
    const Replica& r = relay_.replica();
    return r.pool.headers.work(r.tree.best_header()) > r.pool.headers.work(r.tree.tip());
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

  /// Made when somebody is first to be asked: most nodes of a large world never ask.
  struct State {
    Time deadline = Time::never();
    NodeId asked;
    bool catching = false;
    ThinVector<NodeId> queue;
    ThinVector<Ahead> ahead;
  };
  State& state() {
    if (state_ == nullptr) state_ = std::make_unique<State>();
    return *state_;
  }
  [[nodiscard]] NodeId asked() const { return state_ == nullptr ? nobody : state_->asked; }

  BlockRelay& relay_;
  std::unique_ptr<State> state_;
};

}  // namespace peerlab
