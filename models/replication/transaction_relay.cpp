#include "models/replication/transaction_relay.h"

#include <algorithm>

namespace peerlab {
namespace {

constexpr Wanted wanted(TxRef tx) { return {Wanted::Class::transaction, tx.value}; }

/// Calls f(tx) for each transaction that a list message names.
template <class F>
void each_listed(const Message& m, const Parcels& parcels, F&& f) {
  if (m.parcel == 0) {
    f(TxRef(m.ref));
  } else {
    for (const TxRef tx : parcels.as<ListParcel>(m).list) f(tx);
  }
}

}  // namespace

std::uint64_t TransactionRelay::place_bit(NodeId peer) const {
  const std::uint32_t place = r_.home.links->place(r_.home.self, peer);
  return place < 64 ? std::uint64_t{1} << place : 0;  // beyond: told twice, which is harmless
}

void TransactionRelay::announced(Time now, NodeId from, const Message& m, Outbox& out) {
  std::uint64_t bit = 0;
  std::vector<TxRef> asked;
  each_listed(m, *r_.home.parcels, [&](TxRef tx) {
    if (r_.came(tx)) {
      const std::uint32_t place = place_of_.find(tx.value);
      if (place == FlatIndex::none) return;
      if (bit == 0) bit = place_bit(from);
      pending_[place].told |= bit;
    } else if (r_.tracker.announced(wanted(tx), from, now) == from) {
      asked.push_back(tx);
    }
  });
  if (!asked.empty()) ask(from, std::move(asked), out);
}

void TransactionRelay::postpone(NodeId from, const Message& m) {
  each_listed(m, *r_.home.parcels, [&](TxRef tx) {
    if (postponed_.size() < most_inventory && !r_.came(tx)) postponed_.emplace_back(from, tx);
  });
}

void TransactionRelay::take_up_postponed(Time now, Outbox& out) {
  for (const auto& [peer, tx] : postponed_) announced(now, peer, {kind::transaction_inventory, 0, 0, tx.value}, out);
  postponed_.clear();
}

void TransactionRelay::ask(NodeId peer, std::vector<TxRef> list, Outbox& out) {
  out.send(peer, transaction_list(kind::transaction_request, *r_.home.parcels, r_.pool, std::move(list)));
  r_.ring_by(r_.tracker.next_deadline(), out);
}

void TransactionRelay::asked(NodeId from, const Message& m, Outbox& out) {
  each_listed(m, *r_.home.parcels, [&](TxRef tx) {
    if (!r_.mempool.has(tx)) return;  // confirmed or dropped meanwhile: the asker will find it in a block
    out.work.bytes_coded += r_.pool.transactions.wire_size(tx);
    out.send(from, transaction(tx));
  });
}

void TransactionRelay::enqueue(Time now, TxRef tx, std::uint64_t told, Outbox& out) {
  if (pending_.empty()) {
    const std::int64_t since = (now.ns - phase_.ns) % period_.ns;
    out.arm(announce_slot, now + Duration{period_.ns - (since < 0 ? since + period_.ns : since)});
    r_.hot.announces = true;
  }
  place_of_.set(tx.value, static_cast<std::uint32_t>(pending_.size()));
  pending_.push_back({tx, told});
}

Verdict TransactionRelay::admit(Time now, TxRef tx, std::uint64_t told, Outbox& out) {
  const Judged judged = r_.mempool.add(tx, r_.tree.tip());
  charge(out.work, judged.effort);
  if (judged.verdict == Verdict::ok) {
    entered_.push_back(tx);
    enqueue(now, tx, told, out);
  }
  return judged.verdict;
}

void TransactionRelay::admit_waiting(Time now, Outbox& out) {
  for (bool again = !waiting_.empty(); again;) {
    again = false;
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
      const Pending child = waiting_[i];
      const Verdict verdict = admit(now, child.tx, child.told, out);
      if (verdict == Verdict::unknown_output) continue;
      waiting_.erase(waiting_.begin() + i--);
      again = again || verdict == Verdict::ok;
    }
  }
}

Verdict TransactionRelay::received(Time now, NodeId from, TxRef tx, Outbox& out) {
  entered_.clear();
  out.work.bytes_coded += r_.pool.transactions.wire_size(tx);
  std::uint64_t told = place_bit(from);
  for (const NodeId peer : r_.tracker.announcers(wanted(tx))) told |= place_bit(peer);
  r_.tracker.settled(wanted(tx));
  r_.tracker.heard(from);
  if (!r_.note(tx)) return Verdict::already_known;
  const Verdict verdict = admit(now, tx, told, out);
  if (verdict == Verdict::ok) admit_waiting(now, out);
  if (verdict == Verdict::unknown_output) {
    if (waiting_.size() == most_waiting) waiting_.erase(waiting_.begin());
    waiting_.push_back({tx, told});
  }
  return verdict;
}

Verdict TransactionRelay::submitted(Time now, TxRef tx, Outbox& out) {
  entered_.clear();
  r_.note(tx);
  const Verdict verdict = admit(now, tx, 0, out);
  if (verdict == Verdict::ok) admit_waiting(now, out);
  return verdict;
}

void TransactionRelay::returned(Time now, TxRef tx, Outbox& out) {
  if (place_of_.find(tx.value) == FlatIndex::none) enqueue(now, tx, 0, out);
}

void TransactionRelay::tip_moved(Time now, Outbox& out) {
  entered_.clear();
  admit_waiting(now, out);
}

void TransactionRelay::tick(Outbox& out) {
  place_of_.clear();
  erase_if(pending_, [&](const Pending& p) { return !r_.mempool.has(p.tx); });
  std::uint64_t told_to_some = 0;
  for (const Pending& p : pending_) told_to_some |= p.told;
  const auto batch_for = [&](std::uint64_t bit) {
    std::vector<TxRef> list;
    for (const Pending& p : pending_) {
      if ((p.told & bit) == 0 && list.size() < most_inventory) list.push_back(p.tx);
    }
    return list;
  };
  Message whole;  // one parcel for all who know nothing of the batch
  bool made = false;
  const std::span<const NodeId> row = r_.neighbours();
  for (std::size_t place = 0; place < row.size(); ++place) {
    if (!row[place].valid() || pending_.empty() || r_.is_light(row[place])) continue;
    const std::uint64_t bit = place < 64 ? std::uint64_t{1} << place : 0;
    if ((told_to_some & bit) == 0) {
      if (!made) {
        whole = transaction_list(kind::transaction_inventory, *r_.home.parcels, r_.pool, batch_for(0));
        made = true;
      } else {
        r_.home.parcels->keep(whole);
      }
      out.send(row[place], whole);
    } else if (std::vector<TxRef> list = batch_for(bit); !list.empty()) {
      out.send(row[place], transaction_list(kind::transaction_inventory, *r_.home.parcels, r_.pool, std::move(list)));
    }
  }
  pending_.clear();
  r_.hot.announces = false;
}

void TransactionRelay::greet(NodeId peer, Outbox& out) {
  if (r_.mempool.size() == 0) return;
  std::vector<TxRef> list = r_.mempool.sorted();
  if (list.size() > most_inventory) list.resize(most_inventory);
  out.send(peer, transaction_list(kind::transaction_inventory, *r_.home.parcels, r_.pool, std::move(list)));
  const std::uint64_t bit = place_bit(peer);
  for (Pending& p : pending_) p.told |= bit;
}

}  // namespace peerlab
