// How transactions travel: announced in batches, asked for in batches, each sent once to whoever asks.
//
// What enters the mempool waits for the node's next batch (every 5 s by default, each node in a phase of its own) and is then announced to
// the neighbours that have not announced it themselves. Nothing is kept per link beyond that wait. A batch lists transactions in the
// order in which the mempool admitted them, so parents come before children and no dense number shows. Who is told late, or loses
// a race, may receive a child first: it waits in a small room for its parent. Lists are handled word by word, 64 transactions at a
// time: who knows what is a table of bits (told_table.h), what is wanted of whom as well (wanted_transactions.h).
//
// A new neighbour is told of the whole mempool: after a mended link both sides would otherwise never hear what the
// other side announced before.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "models/replication/messages.h"
#include "models/replication/replica.h"
#include "models/replication/told_table.h"

namespace peerlab {

class TransactionRelay {
 public:
  static constexpr std::size_t most_waiting = 100;  ///< children without their parents

  /// Batches leave every `period`, this node's at `phase` after a multiple of it. `bundles`: what was asked for in one message is sent
  /// in one.
  TransactionRelay(Replica& replica, Duration period, Duration phase, bool bundles)
      : r_(replica), period_(period), phase_(phase), bundles_(bundles) {}

  void announced(Time now, NodeId from, const Message& m, Outbox& out);
  /// Keeps an announcement for later: a node that has no chain yet cannot judge what it would be sent.
  void postpone(NodeId from, const Message& m);
  void take_up_postponed(Time now, Outbox& out);
  void asked(NodeId from, const Message& m, Outbox& out);
  /// A transaction came. Those that entered the mempool because of it are in `entered` until the next call, in order. The
  /// verdict is its own.
  Verdict received(Time now, NodeId from, TxRef tx, Outbox& out);
  /// The same for a bundle. The verdict is the first that is not harmless.
  Verdict received_bundle(Time now, NodeId from, const Message& m, Outbox& out);
  /// This machine's own transaction.
  Verdict submitted(Time now, TxRef tx, Outbox& out);
  [[nodiscard]] std::span<const TxRef> entered() const {
    return book_ == nullptr ? std::span<const TxRef>() : book_->entered;
  }
  /// Announces again, to all: a reorganisation brought it back.
  void returned(Time now, TxRef tx, Outbox& out);
  /// The tip moved: children whose parents are confirmed now may enter. See `entered`.
  void tip_moved(Time now, Outbox& out);
  /// The batch is due.
  void tick(Outbox& out);
  /// Tells a new neighbour of the whole mempool.
  void greet(NodeId peer, Outbox& out);
  /// Asks `peer` for tracked transactions; `mask` is the list as bits, or empty.
  void ask(NodeId peer, std::vector<TxRef> list, TxMask mask, Outbox& out);
  [[nodiscard]] std::size_t pending() const { return book_ == nullptr ? 0 : book_->pending.size(); }

 private:
  struct Child {
    TxRef tx;
    std::uint64_t told = 0;  ///< places of neighbours (the first 64) that know it
  };
  /// Made when the first transaction is heard of: many worlds have none.
  struct Book {
    ThinVector<TxRef> pending;  ///< for the next batch, in the order of admission
    ToldTable told;             ///< of those
    ThinVector<Child> waiting;
    ThinVector<TxRef> entered;
    ThinVector<std::pair<NodeId, TxRef>> postponed;
  };
  Book& book() {
    if (book_ == nullptr) book_ = std::make_unique<Book>();
    return *book_;
  }
  [[nodiscard]] std::uint32_t place(NodeId peer) const { return r_.home.links->place(r_.home.self, peer); }
  [[nodiscard]] std::uint64_t place_bit(NodeId peer) const;
  /// A whole bundle in one step, where other nodes have judged all of it at this tip. False: it is not so, and nothing has changed.
  bool take_in_together(Time now, const BundleParcel& bundle, Outbox& out);
  /// The first transaction of a batch arms its timer.
  void begin_batch(Time now, Outbox& out);
  Verdict take_in(Time now, TxRef tx, std::uint64_t told, Outbox& out);
  Verdict admit(Time now, TxRef tx, std::uint64_t told, Outbox& out);
  void admit_waiting(Time now, Outbox& out);
  void enqueue(Time now, TxRef tx, std::uint64_t told, Outbox& out);

  Replica& r_;
  Duration period_;
  Duration phase_;
  bool bundles_;
  std::unique_ptr<Book> book_;
};

}  // namespace peerlab
