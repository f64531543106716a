// Which transactions a node wants, who announced them, and who is asked: the part of a RequestBook that works word by word.
//
// Announcements name hundreds of transactions at once, and of most of them a node has heard already. So nothing is kept for a
// single transaction: what a peer announced is one entry of masks (64 transactions a word), and so is what it is asked for.
// The rules are those of RequestBook; this is only another way to write them down:
//  1. `heard_` has what peers announced of the wanted, in the order of announcing. A bit stands in at most one entry of each peer.
//  2. `asked_` has what peers are asked for, in the order of asking, which is that of the deadlines. Every wanted transaction stands in
//     exactly one entry.
//  3. A bit of an entry of `heard_` is `tried` once its peer has been asked for it.
//
// Cost: a few word operations for each entry, of which there are as many as batches in flight.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/base/ids.h"
#include "models/base/thin_vector.h"
#include "models/base/time.h"
#include "models/ledger/tx_set.h"

namespace peerlab {

/// The mask of one transaction.
inline MaskWord mask_of(TxRef tx) { return {tx.value >> 6, std::uint64_t{1} << (tx.value & 63)}; }

class WantedTransactions {
 public:
  [[nodiscard]] bool has(TxRef tx) const { return wanted_.has(tx); }
  [[nodiscard]] std::size_t size() const { return wanted_.size(); }

  /// `peer` has these (`mask`, by rising words; in the order of `list`, which may name others too). Those that nobody is asked for yet are asked of it until
  /// `deadline`, with serial numbers from `serial` on, and appended to `ask` in that order, and as bits to `ask_mask`.
  void announced(std::span<const MaskWord> mask, std::span<const TxRef> list, NodeId peer, Time deadline,
                 std::uint32_t& serial, std::vector<TxRef>& ask, TxMask* ask_mask = nullptr);
  /// Wanted no longer. Calls f(peer, word) with what each announcer announced of them.
  template <class F>
  void settled(std::span<const MaskWord> mask, F&& f) {
    if (wanted_.count_common(mask) == 0) return;
    for (const Heard& heard : heard_) {
      for (const Row& row : heard.rows) {
        for (const MaskWord& m : mask) {
          if (m.word == row.word && (m.bits & row.bits) != 0) f(heard.peer, MaskWord{m.word, m.bits & row.bits});
        }
      }
    }
    forget(mask);
  }
  /// Goes from whoever is asked for it to the next candidate; nobody is left: forgotten, and nobody is returned. `silent` come
  /// after all others.
  NodeId ask_next(TxRef tx, std::span<const NodeId> silent, Time deadline, std::uint32_t& serial);

  /// The first deadline, or Time::never().
  [[nodiscard]] Time next_deadline() const { return asked_.empty() ? Time::never() : asked_.front().at; }
  /// What is to be had by the first deadline, and of whom: the first of it in the order of asking. Needs size() > 0.
  [[nodiscard]] std::pair<TxRef, NodeId> first() const;
  /// Forgets what `peer` announced; appends what it was asked for with the serial numbers of asking, for ask_next.
  void gone(NodeId peer, std::vector<std::pair<std::uint32_t, TxRef>>& held);

  [[nodiscard]] NodeId asked(TxRef tx) const;
  /// How many things `peer` is asked for.
  [[nodiscard]] std::uint32_t in_flight(NodeId peer) const;
  /// Appends who announced it, in that order.
  void announcers(TxRef tx, ThinVector<NodeId>& out) const;

 private:
  struct Row {
    std::uint32_t word = 0;
    std::uint64_t bits = 0;
    std::uint64_t tried = 0;  ///< in heard_
  };
  struct Heard {
    NodeId peer;
    ThinVector<Row> rows;
  };
  struct Asked {
    Time at;
    NodeId peer;
    std::uint32_t serial = 0;  ///< of the first in `order`, whose others follow
    std::uint32_t left = 0;    ///< bits in rows
    ThinVector<Row> rows;
    ThinVector<TxRef> order;  ///< as asked for, what came meanwhile included
  };
  static const Row* find(const ThinVector<Row>& rows, std::uint32_t word);
  static bool has(const ThinVector<Row>& rows, MaskWord one) {
    const Row* const row = find(rows, one.word);
    return row != nullptr && (row->bits & one.bits) != 0;
  }
  /// Appends what of `list` is in `rows`, each once, in its order.
  static void pick(const ThinVector<Row>& rows, std::span<const TxRef> list, std::vector<TxRef>& picked);
  static void put(ThinVector<Row>& rows, MaskWord bits);
  void forget(std::span<const MaskWord> mask);
  void unask(std::span<const MaskWord> mask);

  TxSet wanted_;
  ThinVector<Heard> heard_;
  ThinVector<Asked> asked_;
};

}  // namespace peerlab
