#include "models/replication/transaction_relay.h"

#include <algorithm>
#include <bit>

#include "models/base/small_vector.h"

namespace peerlab {
namespace {

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
  const std::uint32_t at = place(peer);
  return at < ToldTable::most_places ? std::uint64_t{1} << at : 0;
}

void TransactionRelay::announced(Time now, NodeId from, const Message& m, Outbox& out) {
  const TxRef one(m.ref);
  const MaskWord one_mask = mask_of(one);
  std::span<const MaskWord> mask{&one_mask, 1};
  std::span<const TxRef> list{&one, 1};
  if (m.parcel != 0) {
    const auto& parcel = r_.home.parcels->as<ListParcel>(m);
    mask = parcel.mask;
    list = parcel.list;
  }
  SmallVector<MaskWord, 16> fresh;
  Book& b = book();
  std::uint32_t its_place = Links::no_place;
  for (const MaskWord& w : mask) {
    const std::uint64_t came = r_.transactions.word(w.word);
    if ((w.bits & came & b.told.waiting(w.word)) != 0) {
      if (its_place == Links::no_place) its_place = place(from);
      b.told.tell({w.word, w.bits & came}, its_place);
    }
    if ((w.bits & ~came) != 0) fresh.push_back({w.word, w.bits & ~came});
  }
  if (fresh.empty()) return;
  std::vector<TxRef> asked;
  TxMask asked_mask;
  r_.tracker.announced({fresh.data(), fresh.size()}, list, from, now, asked, &asked_mask);
  if (!asked.empty()) ask(from, std::move(asked), std::move(asked_mask), out);
}

void TransactionRelay::postpone(NodeId from, const Message& m) {
  each_listed(m, *r_.home.parcels, [&](TxRef tx) {
    if (book().postponed.size() < most_inventory && !r_.came(tx)) book().postponed.emplace_back(from, tx);
  });
}

void TransactionRelay::take_up_postponed(Time now, Outbox& out) {
  if (book_ == nullptr) return;
  for (const auto& [peer, tx] : book().postponed)
    announced(now, peer, {kind::transaction_inventory, 0, 0, tx.value}, out);
  book().postponed.clear();
}

void TransactionRelay::ask(NodeId peer, std::vector<TxRef> list, TxMask mask, Outbox& out) {
  out.send(peer,
           transaction_list(kind::transaction_request, *r_.home.parcels, r_.pool, std::move(list), std::move(mask)));
  r_.ring_by(r_.tracker.next_deadline(), out);
}

void TransactionRelay::asked(NodeId from, const Message& m, Outbox& out) {
  if (bundles_ && m.parcel != 0) {
    const auto& request = r_.home.parcels->as<ListParcel>(m);
    std::vector<TxRef> list;
    TxMask mask;
    if (r_.mempool.set().count_common(request.mask) == request.list.size()) {  // all are here, and none is named twice
      list = request.list;
      mask = request.mask;
    } else {
      TxSet sent;  // whoever asks twice in one message is answered once
      for (const TxRef tx : request.list) {
        if (r_.mempool.has(tx) && sent.add(tx)) list.push_back(tx);
      }
    }
    if (list.empty()) return;
    const Message bundle = transaction_bundle(*r_.home.parcels, r_.pool, std::move(list), std::move(mask));
    out.work.bytes_coded += r_.home.parcels->as<BundleParcel>(bundle).bytes;
    out.send(from, bundle);
    return;
  }
  each_listed(m, *r_.home.parcels, [&](TxRef tx) {
    if (!r_.mempool.has(tx)) return;  // confirmed or dropped meanwhile: the asker will find it in a block
    out.work.bytes_coded += r_.pool.transactions.wire_size(tx);
    out.send(from, transaction(tx));
  });
}

void TransactionRelay::begin_batch(Time now, Outbox& out) {
  if (!book().pending.empty()) return;
  const std::int64_t since = (now.ns - phase_.ns) % period_.ns;
  out.arm(announce_slot, now + Duration{period_.ns - (since < 0 ? since + period_.ns : since)});
  r_.hot.announces = true;
}

void TransactionRelay::enqueue(Time now, TxRef tx, std::uint64_t told, Outbox& out) {
  Book& b = book();
  begin_batch(now, out);
  b.pending.push_back(tx);
  b.told.add(tx);
  for (; told != 0; told &= told - 1) b.told.tell(mask_of(tx), static_cast<std::uint32_t>(std::countr_zero(told)));
}

Verdict TransactionRelay::admit(Time now, TxRef tx, std::uint64_t told, Outbox& out) {
  const Judged judged = r_.mempool.add(tx, r_.tree.tip());
  charge(out.work, judged.effort);
  if (judged.verdict == Verdict::ok) {
    book().entered.push_back(tx);
    enqueue(now, tx, told, out);
  }
  return judged.verdict;
}

void TransactionRelay::admit_waiting(Time now, Outbox& out) {
  if (book_ == nullptr) return;
  ThinVector<Child>& waiting = book_->waiting;
  for (bool again = !waiting.empty(); again;) {
    again = false;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const Child child = waiting[i];
      const Verdict verdict = admit(now, child.tx, child.told, out);
      if (verdict == Verdict::unknown_output) continue;
      waiting.erase(waiting.begin() + i--);
      again = again || verdict == Verdict::ok;
    }
  }
}

Verdict TransactionRelay::received(Time now, NodeId from, TxRef tx, Outbox& out) {
  book().entered.clear();
  out.work.bytes_coded += r_.pool.transactions.wire_size(tx);
  std::uint64_t told = place_bit(from);
  const MaskWord mask = mask_of(tx);
  r_.tracker.settled({&mask, 1}, [&](NodeId peer, MaskWord) { told |= place_bit(peer); });
  r_.tracker.heard(from);
  return take_in(now, tx, told, out);
}

Verdict TransactionRelay::received_bundle(Time now, NodeId from, const Message& m, Outbox& out) {
  book().entered.clear();
  const auto& bundle = r_.home.parcels->as<BundleParcel>(m);
  out.work.bytes_coded += bundle.bytes;
  struct Knows {
    std::uint32_t place;
    MaskWord bits;
  };
  SmallVector<Knows, 32> knows;
  NodeId who = from;
  std::uint32_t its_place = place(from);
  for (const MaskWord& word : bundle.mask) knows.push_back({its_place, word});
  r_.tracker.settled(bundle.mask, [&](NodeId peer, MaskWord bits) {
    if (peer == from) return;
    if (peer != who) its_place = place(peer);
    who = peer;
    knows.push_back({its_place, bits});
  });
  r_.tracker.heard(from);
  Verdict worst = Verdict::ok;
  const std::span<const TxRef> one_by_one =
      take_in_together(now, bundle, out) ? std::span<const TxRef>() : std::span<const TxRef>(bundle.list);
  for (const TxRef tx : one_by_one) {
    // What they know is written down below, for all that wait for the next batch.
    const Verdict verdict = take_in(now, tx, 0, out);
    if (harmless(worst) && !harmless(verdict)) worst = verdict;
    if (verdict != Verdict::unknown_output) continue;
    for (const Knows& k : knows) {
      if (k.place < ToldTable::most_places && k.bits.word == tx.value >> 6 && (k.bits.bits & mask_of(tx).bits) != 0)
        book().waiting.back().told |= std::uint64_t{1} << k.place;
    }
  }
  for (const Knows& k : knows) book().told.tell(k.bits, k.place);
  return worst;
}

bool TransactionRelay::take_in_together(Time now, const BundleParcel& bundle, Outbox& out) {
  Book& b = book();
  if (!b.waiting.empty()) return false;
  std::size_t count = 0;
  for (const MaskWord& m : bundle.mask) {
    if ((r_.transactions.word(m.word) & m.bits) != 0) return false;
    count += static_cast<std::size_t>(std::popcount(m.bits));
  }
  if (count != bundle.list.size()) return false;
  const std::optional<Effort> effort = r_.mempool.add_together(bundle.list, bundle.mask, bundle.bytes, r_.tree.tip());
  if (!effort) return false;
  charge(out.work, *effort);
  begin_batch(now, out);
  b.pending.append(bundle.list.begin(), bundle.list.end());
  b.entered.append(bundle.list.begin(), bundle.list.end());
  for (const MaskWord& m : bundle.mask) {
    r_.note(m);
    b.told.add(m);
  }
  return true;
}

Verdict TransactionRelay::take_in(Time now, TxRef tx, std::uint64_t told, Outbox& out) {
  if (!r_.note(tx)) return Verdict::already_known;
  const Verdict verdict = admit(now, tx, told, out);
  if (verdict == Verdict::ok) admit_waiting(now, out);
  if (verdict == Verdict::unknown_output) {
    if (book().waiting.size() == most_waiting) book().waiting.erase(book().waiting.begin());
    book().waiting.push_back({tx, told});
  }
  return verdict;
}

Verdict TransactionRelay::submitted(Time now, TxRef tx, Outbox& out) {
  book().entered.clear();
  r_.note(tx);
  const Verdict verdict = admit(now, tx, 0, out);
  if (verdict == Verdict::ok) admit_waiting(now, out);
  return verdict;
}

void TransactionRelay::returned(Time now, TxRef tx, Outbox& out) {
  if (!book().told.has(tx)) enqueue(now, tx, 0, out);
}

void TransactionRelay::tip_moved(Time now, Outbox& out) {
  if (book_ == nullptr) return;
  book().entered.clear();
  admit_waiting(now, out);
}

void TransactionRelay::tick(Outbox& out) {
  Book& b = book();
  erase_if(b.pending, [&](TxRef tx) { return !r_.mempool.has(tx); });
  SmallVector<std::uint64_t, 16> left;  // by row of the table: what the neighbour at hand is told
  struct Told {
    bool any = false;
    bool all = true;
  };
  const auto leave_for = [&](std::uint32_t at) {
    left.clear();
    Told told;
    for (std::uint32_t w = b.told.first_word(); w < b.told.first_word() + b.told.words(); ++w) {
      const std::uint64_t waits = b.told.waiting(w) & r_.mempool.set().word(w);
      left.push_back(waits & ~b.told.known(w, at));
      told.any = told.any || left.back() != 0;
      told.all = told.all && left.back() == waits;
    }
    return told;
  };
  const auto batch = [&] {
    // Each is written where the next one belongs, which it is only when it stays: half of them do, and no branch foresees which.
    std::vector<TxRef> list(b.pending.size() + 1);
    std::size_t count = 0;
    for (const TxRef tx : b.pending) {
      list[count] = tx;
      count += left[(tx.value >> 6) - b.told.first_word()] >> (tx.value & 63) & 1;
    }
    list.resize(std::min(count, most_inventory));
    TxMask mask;
    mask.reserve(left.size());
    std::size_t bits = 0;
    for (std::size_t w = 0; w < left.size(); ++w) {
      if (left[w] == 0) continue;
      mask.push_back({b.told.first_word() + static_cast<std::uint32_t>(w), left[w]});
      bits += static_cast<std::size_t>(std::popcount(left[w]));
    }
    if (bits != list.size()) mask.clear();  // the list was cut, or something left the mempool and came back
    return transaction_list(kind::transaction_inventory, *r_.home.parcels, r_.pool, std::move(list), std::move(mask));
  };
  Message whole;  // one parcel for all who know nothing of the batch
  bool made = false;
  const std::span<const NodeId> row = r_.neighbours();
  for (std::uint32_t at = 0; at < row.size(); ++at) {
    if (!row[at].valid() || b.pending.empty() || r_.is_light(row[at])) continue;
    const Told told = leave_for(at);
    if (!told.any) continue;
    if (!told.all) {
      out.send(row[at], batch());
      continue;
    }
    if (made) {
      r_.home.parcels->keep(whole);
    } else {
      whole = batch();
      made = true;
    }
    out.send(row[at], whole);
  }
  b.pending.clear();
  b.told.clear();
  r_.hot.announces = false;
}

void TransactionRelay::greet(NodeId peer, Outbox& out) {
  if (r_.mempool.size() == 0) return;
  std::vector<TxRef> list = r_.mempool.sorted();
  if (list.size() > most_inventory) list.resize(most_inventory);
  out.send(peer, transaction_list(kind::transaction_inventory, *r_.home.parcels, r_.pool, std::move(list)));
  if (book_ != nullptr) book_->told.tell_all(place(peer));
}

}  // namespace peerlab
