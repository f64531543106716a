#include "models/protocols/nakamoto.h"

#include <algorithm>
#include <cstring>

#include "models/base/check.h"
#include "models/ledger/target.h"
#include "models/protocols/light_messages.h"
#include "models/protocols/light_service.h"
#include "models/protocols/nakamoto_cold.h"

namespace peerlab {

Nakamoto::Nakamoto(void* place, const Home& home, const NakamotoShared& shared, CompactCache& cache, bool mines)
    : pool_(home.pool), cold_(new (place) Cold(home, hot_, shared, cache, mines)) {
  static_assert(sizeof(Nakamoto) == 128);
}

Nakamoto::~Nakamoto() { cold_->~Cold(); }

// An empty place begins with zeros, a peer with its table of functions.
void Nakamoto::operator delete(Nakamoto* peer, std::destroying_delete_t) {
  peer->~Nakamoto();
  std::memset(static_cast<void*>(peer), 0, sizeof(void*));
}

NakamotoPeers::NakamotoPeers(std::uint32_t peers)
    : hot_(std::size_t{peers} * sizeof(Nakamoto)), cold_(std::size_t{peers} * sizeof(Nakamoto::Cold)) {}

std::unique_ptr<Node> NakamotoPeers::make(std::uint32_t place, const Home& home, const NakamotoShared& shared,
                                          CompactCache& cache, bool mines) {
  std::byte* const hot = hot_.at(place * sizeof(Nakamoto));
  constexpr std::byte nothing[sizeof(void*)]{};
  CHECK_SAYING(std::memcmp(hot, nothing, sizeof(nothing)) == 0, "a peer's old self is gone before the new one comes");
  void* const cold = cold_.at(place * sizeof(Nakamoto::Cold));
  return std::unique_ptr<Node>(new (hot) Nakamoto(cold, home, shared, cache, mines));
}

const Replica& Nakamoto::replica() const { return cold_->r; }
const NakamotoShared& Nakamoto::shared() const { return cold_->shared; }

// --- coming up -------------------------------------------------------------------------------------------------------

void Nakamoto::start(Time now, const Disk& survived, Outbox& out) {
  Cold& c = *cold_;
  c.joining = now > Time::zero();
  for (const DiskEntry& e : survived.entries()) {
    out.work.bytes_read += e.bytes;
    if (e.kind == static_cast<std::uint32_t>(Stored::own_transaction)) {
      const TxRef tx(e.ref);
      if (e.bytes != c.r.pool.transactions.wire_size(tx)) continue;  // torn by the crash
      c.user().own.push_back(
          {tx, static_cast<std::uint32_t>(c.r.pool.transactions.transaction(tx).number), false, false});
    } else {
      // Judged before it was written: read and hashed again, not checked again.
      const BlockRef b(e.ref);
      const BodyRef body = c.r.pool.state.body(b);
      if (e.bytes != c.r.pool.bodies.block_size(body)) continue;
      charge(out.work, c.r.tree.offer_header(b, now).effort);
      (void)c.r.tree.offer_body(b, body, c.r.mempool.set());
      c.r.note(b);
      for (const TxRef tx : besides_coinbase(c.r.pool.bodies.list(body))) c.user().held.add(tx.value);
    }
  }
  const BlockRef tip = c.r.tree.tip();
  if (tip != c.r.pool.genesis()) {
    out.report({happened::tip_moved, c.r.pool.headers.height(tip), c.r.pool.headers.name(tip),
                c.r.pool.state.digest(tip).low64()});
  }
  if (c.user_side != nullptr) {
    for (const Cold::Own& own : c.user_side->own) {
      if (!c.r.pool.state.contains(tip, own.tx)) (void)c.transactions().submitted(now, own.tx, out);
      c.user_side->held.add(own.tx.value);
    }
  }
  follow_operations(false, out);
  mine(out);
}

void Nakamoto::mine(Outbox& out) {
  Cold& c = *cold_;
  if (!c.mines || c.joining) return;
  const std::uint32_t bits = c.r.pool.headers.next_bits(c.r.tree.tip());
  if (bits == c.mined_bits) return;
  c.mined_bits = bits;
  out.mine({expected_hashes(bits) * c.shared.hashes_per_real_hash});
}

// --- messages --------------------------------------------------------------------------------------------------------

void Nakamoto::receive(Time now, NodeId from, const Message& m, Outbox& out) {
  if (m.kind == kind::block_inventory) {
    if (hot_.blocks.surely_has(m.ref) && !hot_.awaits_headers) return;
    if (announcers_.block == m.ref && announcers_.count < Announcers::most) {
      announcers_.who[announcers_.count++] = from;
      return;
    }
  } else if (m.kind == kind::transaction_inventory && m.parcel == 0) {
    if (hot_.transactions.surely_has(m.ref) && !hot_.announces) return;
  } else if (m.kind == kind::block_body && m.parcel == 0) {
    if (hot_.blocks.surely_has(m.ref) && hot_.at_rest) {
      out.work.bytes_coded += block_body_size(*pool_, BlockRef(m.ref));
      return;
    }
  }
  receive_cold(now, from, m, out);
  rest();
}

void Nakamoto::rest() {
  const Cold& c = *cold_;
  hot_.at_rest = c.r.cut_off.empty() && c.r.tracker.at_rest() && c.blocks.at_rest();
}

bool Nakamoto::expect(const Message& m) const {
  if (m.kind == kind::block_inventory && (hot_.blocks.surely_has(m.ref) || announcers_.block == m.ref)) return false;
  if (m.kind == kind::block_body && hot_.blocks.surely_has(m.ref) && hot_.at_rest) return false;
  if (m.kind == kind::transaction_inventory && m.parcel == 0 && hot_.transactions.surely_has(m.ref)) return false;
  for (std::size_t at = 0; at < sizeof(Cold); at += 64)
    __builtin_prefetch(reinterpret_cast<const char*>(cold_) + at, 1);
  return true;
}

void Nakamoto::expect_more() const { cold_->r.tracker.fetch(); }

void Nakamoto::settle_announcers() {
  if (announcers_.count > 0) {
    Cold& c = *cold_;
    const auto end = std::remove_if(announcers_.who, announcers_.who + announcers_.count,
                                    [&](NodeId peer) { return c.r.banned(peer); });
    c.r.tracker.announced_too({Wanted::Class::block, announcers_.block}, {announcers_.who, end});
  }
  announcers_.block = Announcers{}.block;
  announcers_.count = 0;
}

void Nakamoto::forget(BlockRef block) {
  if (announcers_.block == block.value) {
    announcers_.block = Announcers{}.block;
    announcers_.count = 0;
  }
  cold_->blocks.forget(block);
}

void Nakamoto::receive_cold(Time now, NodeId from, const Message& m, Outbox& out) {
  Cold& c = *cold_;
  if (c.r.banned(from)) return;
  switch (m.kind) {
    case kind::block_inventory: hear_of_block(now, from, m, out); return;
    case kind::block_request:
    case kind::missing_request:
    case kind::modelled_missing: {
      const Verdict verdict = c.blocks.asked(from, m, out);
      if (verdict != Verdict::ok) cut_off(now, from, verdict, out);
      return;
    }
    case kind::block_body:
    case kind::compact_block:
    case kind::missing_transactions:
    case kind::modelled_compact:
    case kind::modelled_rest: take_block(now, from, c.blocks.received(from, m, c.random, out), out); return;
    case kind::get_headers: c.sync.asked(from, m, out); return;
    case kind::headers: {
      settle_announcers();
      const Verdict verdict = c.sync.received(now, from, c.r.home.parcels->as<HeadersParcel>(m).list, out);
      if (breaks_a_rule(verdict)) cut_off(now, from, verdict, out);
      catch_up(now, out);
      return;
    }
    case kind::transaction_inventory:
      if (c.joining) {
        c.transactions().postpone(from, m);
      } else {
        c.transactions().announced(now, from, m, out);
      }
      return;
    case kind::transaction_request:
      if (c.shared.is_light(from)) return answer_light(c.r, from, m, out);
      c.transactions().asked(from, m, out);
      return;
    case kind::transaction:
      if (c.shared.is_light(from)) return take_light_transaction(now, from, TxRef(m.ref), out);
      take_transaction(now, from, TxRef(m.ref), out);
      return;
    case kind::transaction_bundle: take_bundle(now, from, m, out); return;
    case kind::light_question:
    case kind::proof_request: answer_light(c.r, from, m, out); return;
    default: cut_off(now, from, Verdict::malformed, out); return;
  }
}

void Nakamoto::hear_of_block(Time now, NodeId from, const Message& m, Outbox& out) {
  Cold& c = *cold_;
  settle_announcers();
  const BlockRef b(m.ref);
  c.sync.announced(now, from, b, out);
  if (!c.r.came(b) && !(c.sync.catching() && c.r.tree.have_header(b))) {
    const bool asked = c.blocks.announced(now, from, m, out);
    // For what was asked before, it rings anyway.
    if (asked) c.r.ring_by(c.r.tracker.deadline(Wanted::Class::block, now), out);
    if (!c.joining && !c.sync.catching() && !hot_.awaits_headers) announcers_.block = m.ref;
  }
  if (c.joining || c.sync.catching()) catch_up(now, out);
}

// --- links and timers --------------------------------------------------------------------------------------------------

void Nakamoto::connected(Time now, NodeId peer, bool, Outbox& out) {
  Cold& c = *cold_;
  if (c.r.banned(peer)) {
    out.disconnect(peer, Reason::banned);
    return;
  }
  settle_announcers();
  if (c.shared.is_light(peer)) return;  // has nothing, and asks when it wants something
  c.sync.consult(peer, now, out);
  if (c.r.mempool.size() > 0) c.transactions().greet(peer, out);
}

void Nakamoto::disconnected(Time now, NodeId peer, Reason, Outbox& out) {
  let_go(now, peer, out);
  rest();
}

void Nakamoto::cut_off(Time now, NodeId peer, Verdict verdict, Outbox& out) {
  if (cold_->r.banned(peer)) return;
  cold_->r.ban(peer, verdict, out);
  let_go(now, peer, out);
}

void Nakamoto::let_go(Time now, NodeId peer, Outbox& out) {
  Cold& c = *cold_;
  settle_announcers();
  c.blocks.gone(peer);
  c.sync.gone(peer, now, out);
  ask_elsewhere(c.r.tracker.gone(peer, now), out);
  if (c.joining || c.sync.catching()) catch_up(now, out);
}

void Nakamoto::ask_elsewhere(std::span<const RequestTracker::Late> late, Outbox& out) {
  Cold& c = *cold_;
  for (const RequestTracker::Late& l : late) {
    if (!l.next.valid()) continue;
    if (l.thing.what == Wanted::Class::block) {
      c.blocks.ask(l.thing, l.next, out);
    } else {
      c.transactions().ask(l.next, {TxRef(l.thing.ref)}, {}, out);
    }
  }
  c.r.ring_by(c.r.tracker.next_deadline(), out);
}

void Nakamoto::wake(Time now, Slot slot, Outbox& out) {
  Cold& c = *cold_;
  if (slot == announce_slot) {
    c.transactions().tick(out);
    return;
  }
  if (slot != request_slot) return;
  settle_announcers();
  c.r.rings = Time::never();
  const std::span<const RequestTracker::Late> late = c.r.tracker.expire(now);
  for (const RequestTracker::Late& l : late) out.report({happened::request_timed_out, 0, l.silent.value, 0});
  ask_elsewhere(late, out);
  c.sync.expire(now, out);
  if (c.joining || c.sync.catching() || c.sync.behind()) catch_up(now, out);
  c.r.ring_by(std::min(c.r.tracker.next_deadline(), c.sync.deadline()), out);
  rest();
}

}  // namespace peerlab
