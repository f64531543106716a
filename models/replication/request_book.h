// Who was asked for what, until when, and who else could be asked: the rules behind RequestTracker.
//
// A thing (a block's body, a transaction) that a node has not got becomes wanted when the first peer announces it. One
// peer at a time is asked for it. If the answer is late the next peer that announced it is asked, in the order of their
// announcements, those who lately left a request unanswered after all others. When nobody is left the thing is forgotten:
// the next announcement starts anew.
//
// The rules, with their reasons:
//  1. A thing is asked of at most one peer at a time, and of each peer at most once: bandwidth is not wasted, and a silent
//     peer cannot keep the thing from us for longer than one deadline.
//  2. All deadlines of a node share one timer: `next_deadline` says when to wake, `expire` what to do then.
//  3. Things of one class wait equally long, so deadlines of a class expire in the order of asking and need no heap.
//  4. Nothing depends on the numbers of things: orders are those of announcing and asking.
//
// (The idea of one tracker for all candidates of a download is that of Bitcoin's txrequest module.)
// Cost: a few array accesses per call; no allocation once it has grown, and none at all for one block at a time, which is what
// most nodes want most of the time: that lies in the book itself. Transactions come in batches and are kept as such, word by word
// (wanted_transactions.h); all their announcers are remembered.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/base/ids.h"
#include "models/base/small_vector.h"
#include "models/base/thin_vector.h"
#include "models/base/time.h"
#include "models/replication/flat_index.h"
#include "models/replication/wanted_transactions.h"

namespace peerlab {

/// A thing that can be asked for.
struct Wanted {
  enum class Class : std::uint8_t { block, transaction };
  Class what = Class::block;
  std::uint32_t ref = 0;
  friend constexpr bool operator==(Wanted, Wanted) = default;
};

class RequestBook {
 public:
  /// Further announcers of a block are not remembered: sixty-four are enough to ask, and telling one twice is harmless.
  static constexpr std::size_t most_announcers = 64;

  /// How long an answer may take, for blocks and for transactions.
  RequestBook(Duration block_timeout, Duration transaction_timeout) : timeout_{block_timeout, transaction_timeout} {}

  /// When a request for a thing of that class, asked for at `now`, is late.
  [[nodiscard]] Time deadline(Wanted::Class what, Time now) const {
    return now + timeout_[static_cast<std::size_t>(what)];
  }

  /// A request that came to nothing.
  struct Late {
    Wanted thing;
    NodeId silent;  ///< who did not answer
    NodeId next;    ///< who is asked now; nobody: given up
  };

  /// `peer` has the thing. Returns the peer to ask now, or nobody when somebody is asked already.
  NodeId announced(Wanted thing, NodeId peer, Time now);
  /// The same for a batch of transactions, masked and listed; appends to `ask` what to ask `peer` for now, in the order of the list.
  void announced(std::span<const MaskWord> mask, std::span<const TxRef> list, NodeId peer, Time now,
                 std::vector<TxRef>& ask, TxMask* ask_mask = nullptr);
  /// More peers have it, in this order; if it is wanted no longer, nothing happens.
  void announced_too(Wanted thing, std::span<const NodeId> peers);
  /// The thing came (from whoever) or is wanted no longer. Forgets it.
  void settled(Wanted thing);
  /// The same for a batch of transactions. Calls f(peer, word) with what each announcer had announced of them.
  template <class F>
  void settled(std::span<const MaskWord> mask, F&& f) {
    transactions_.settled(mask, std::forward<F>(f));
  }
  /// `peer` left another sort of question unanswered.
  void silent(NodeId peer);
  /// `peer` answered something: it is not silent any more.
  void heard(NodeId peer);
  /// The peer that was asked could not deliver: the next one, or nobody (then it is forgotten).
  NodeId failed(Wanted thing, Time now);
  /// All requests whose deadline is `now` or earlier, each moved to its next candidate. The span lives until the next call.
  std::span<const Late> expire(Time now);
  /// The link to `peer` is gone: it is asked nothing any more; what it was asked for moves on.
  std::span<const Late> gone(NodeId peer, Time now);
  /// The earliest deadline, or Time::never().
  [[nodiscard]] Time next_deadline();

  [[nodiscard]] bool wants(Wanted thing) const {
    return of_transactions(thing) ? transactions_.has(TxRef(thing.ref)) : find(thing) != FlatIndex::none;
  }
  /// Who is asked for it now; nobody when it is not wanted.
  [[nodiscard]] NodeId asked(Wanted thing) const;
  /// Everybody who announced it so far, in that order. The span lives until the next change.
  [[nodiscard]] std::span<const NodeId> announcers(Wanted thing) const;
  /// How many things of a class `peer` is being asked for.
  [[nodiscard]] std::uint32_t in_flight(NodeId peer, Wanted::Class what) const;
  /// Nothing is wanted and nobody is known as silent.
  [[nodiscard]] bool at_rest() const { return size() == 0 && silent_.empty(); }
  [[nodiscard]] std::size_t size() const { return entries_.size() - free_.size() + transactions_.size(); }

 private:
  struct Entry {
    Wanted thing;
    NodeId asked;
    std::uint32_t serial = 0;           ///< of the current asking; deadlines of earlier ones are void
    SmallVector<NodeId, 2> announcers;  ///< in order of announcement, at most `most_announcers`
    std::uint64_t tried = 0;            ///< bit i: announcer i was asked before
    bool used = false;
  };
  struct Deadline {
    Time at;
    std::uint32_t entry;
    std::uint32_t serial;
  };
  /// First in, first out; the front moves on without shifting.
  struct Queue {
    SmallVector<Deadline, 1> rows;
    std::size_t front = 0;
  };
  static bool of_transactions(Wanted thing) { return thing.what == Wanted::Class::transaction; }
  /// So few entries are searched one by one; the index begins when there are more.
  static constexpr std::size_t few = 4;
  [[nodiscard]] std::uint32_t find(Wanted thing) const;
  void enter(std::uint32_t place);
  static void add_announcer(Entry& entry, NodeId peer);
  NodeId ask_next(std::uint32_t place, Time now);
  NodeId ask_next(TxRef tx, Time now);
  void forget(std::uint32_t place);
  void drop_void_deadlines();
  [[nodiscard]] bool is_silent(NodeId peer) const;

  Duration timeout_[2];
  ThinVector<NodeId> silent_;
  std::uint32_t serial_ = 0;
  SmallVector<Entry, 1> entries_;  ///< of blocks
  SmallVector<std::uint32_t, 1> free_;
  Queue deadlines_;
  FlatIndex index_;  ///< of entries_, once there have been more than a few
  WantedTransactions transactions_;
  ThinVector<Late> late_;
  mutable ThinVector<NodeId> named_;  ///< the announcers of a transaction, for whoever asks
};

}  // namespace peerlab
