#include "models/protocols/nakamoto.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/ledger/assembly.h"
#include "models/ledger/target.h"

namespace peerlab {
namespace {

/// Kinds of entries on a peer's disk.
enum class Stored : std::uint32_t { block, own_transaction };

/// More blocks than these are not announced one by one: whoever hears of the last asks for headers.
constexpr std::size_t most_announced = 8;

DiskEntry entry(Stored kind, std::uint32_t ref, std::uint64_t bytes) {
  return {static_cast<std::uint32_t>(kind), ref, bytes};
}

/// A block with such a verdict breaks a rule; the rest is a matter of time and place.
bool breaks_a_rule(Verdict v) {
  return v != Verdict::ok && v != Verdict::already_known && v != Verdict::unknown_previous &&
         v != Verdict::too_far_ahead;
}

Duration phase_of(Stream& random, Duration period) {
  return {static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(period.ns)))};
}

}  // namespace

struct Nakamoto::Cold {
  /// An operation of this machine's user.
  struct Own {
    TxRef tx;
    std::uint32_t number;
    bool acked;
  };
  /// Who sent a body that was not judged yet.
  struct Source {
    BlockRef block;
    NodeId peer;
  };

  Cold(const Home& home, HotSets& hot, UserId user, const NakamotoShared& its_shared, CompactCache& cache,
       bool its_mines)
      : shared(its_shared),
        random(home.random),
        r(home, hot, shared.options.mempool_limit, shared.options.block_timeout, shared.options.transaction_timeout),
        blocks(r, shared.options.relay,
               compact_class(shared.seed, home.self, shared.options.compact_share, shared.options.churn_share), cache),
        transactions(r, shared.options.announce_every, phase_of(random, shared.options.announce_every)),
        sync(r, blocks, shared.options.block_timeout),
        wallet(*shared.book, user, {shared.options.fee_rate, shared.options.encrypt_private}),
        mines(its_mines) {}

  const NakamotoShared& shared;
  Stream random;
  Replica r;
  BlockRelay blocks;
  TransactionRelay transactions;
  HeaderSync sync;
  Wallet wallet;
  bool mines;                    ///< has hash power
  bool joining = false;          ///< has not caught up since it came up: mines and announces nothing
  std::uint32_t mined_bits = 0;  ///< compact target of the template the host knows of; 0: not mining
  Bits held;                     ///< transactions whose content is here
  std::vector<Own> own;
  std::vector<Source> sources;
  std::vector<BlockRef> unplaced;  ///< bodies here whose headers still wait for a parent
  std::vector<NodeId> know;        ///< who need not be told of the block in hand
};

Nakamoto::Nakamoto(const Home& home, UserId user, const NakamotoShared& shared, CompactCache& cache, bool mines)
    : cold_(std::make_unique<Cold>(home, hot_, user, shared, cache, mines)) {
  static_assert(sizeof(Nakamoto) == 64);
}

Nakamoto::~Nakamoto() = default;

const Replica& Nakamoto::replica() const { return cold_->r; }

// --- coming up -------------------------------------------------------------------------------------------------------

void Nakamoto::start(Time now, const Disk& survived, Outbox& out) {
  Cold& c = *cold_;
  c.joining = now > Time::zero();
  for (const DiskEntry& e : survived.entries()) {
    out.work.bytes_read += e.bytes;
    if (e.kind == static_cast<std::uint32_t>(Stored::own_transaction)) {
      c.own.push_back(
          {TxRef(e.ref), static_cast<std::uint32_t>(c.r.pool.transactions.transaction(TxRef(e.ref)).number), false});
      continue;
    }
    // Judged before it was written: read and hashed again, not checked again.
    const BlockRef b(e.ref);
    const BodyRef body = c.r.pool.state.body(b);
    charge(out.work, c.r.tree.offer_header(b, now).effort);
    (void)c.r.tree.offer_body(b, body, c.r.mempool.set());
    c.r.note(b);
    for (const TxRef tx : c.r.pool.bodies.list(body)) c.held.add(tx.value);
  }
  const BlockRef tip = c.r.tree.tip();
  if (tip != c.r.pool.genesis()) {
    out.report({happened::tip_moved, c.r.pool.headers.height(tip), c.r.pool.headers.name(tip),
                c.r.pool.state.digest(tip).low64()});
  }
  for (const Cold::Own& own : c.own) {
    if (!c.r.pool.state.contains(tip, own.tx)) (void)c.transactions.submitted(now, own.tx, out);
    c.held.add(own.tx.value);
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
  } else if (m.kind == kind::transaction_inventory && m.parcel == 0) {
    if (hot_.transactions.surely_has(m.ref) && !hot_.announces) return;
  }
  receive_cold(now, from, m, out);
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
      const Verdict verdict = c.sync.received(now, from, c.r.home.parcels->as<HeadersParcel>(m).list, out);
      if (breaks_a_rule(verdict)) cut_off(now, from, verdict, out);
      catch_up(now, out);
      return;
    }
    case kind::transaction_inventory:
      if (c.joining) {
        c.transactions.postpone(from, m);
      } else {
        c.transactions.announced(now, from, m, out);
      }
      return;
    case kind::transaction_request: c.transactions.asked(from, m, out); return;
    case kind::transaction: take_transaction(now, from, TxRef(m.ref), out); return;
    default: cut_off(now, from, Verdict::malformed, out); return;
  }
}

void Nakamoto::hear_of_block(Time now, NodeId from, const Message& m, Outbox& out) {
  Cold& c = *cold_;
  const BlockRef b(m.ref);
  c.sync.announced(now, from, b, out);
  if (!c.r.came(b) && !(c.sync.catching() && c.r.tree.have_header(b))) {
    c.blocks.announced(now, from, m, out);
    c.r.ring_by(c.r.tracker.next_deadline(), out);
  }
  if (c.joining || c.sync.catching()) catch_up(now, out);
}

// --- blocks ----------------------------------------------------------------------------------------------------------

void Nakamoto::take_block(Time now, NodeId from, const BlockRelay::Arrival& arrival, Outbox& out) {
  Cold& c = *cold_;
  if (arrival.fault != Verdict::ok) cut_off(now, from, arrival.fault, out);
  if (!arrival.complete()) return;
  const BlockRef b = arrival.block.header;
  c.r.tracker.heard(from);
  if (c.r.came(b)) {
    c.blocks.forget(b);
    return;
  }
  if (!place_header(now, from, b, out)) return;
  const BlockTree::Outcome outcome = c.r.tree.offer_body(b, arrival.block.body, c.r.mempool.set());
  charge(out.work, outcome.effort);
  if (outcome.verdict == Verdict::bad_merkle_root || outcome.verdict == Verdict::merkle_mutated) {
    if (arrival.rebuilt) {
      c.blocks.ask_whole(b, from, out);  // a wrong guess among short ids
    } else {
      cut_off(now, from, outcome.verdict, out);
    }
    return;
  }
  const std::span<const NodeId> announcers = c.r.tracker.announcers({Wanted::Class::block, b.value});
  c.know.assign(announcers.begin(), announcers.end());
  if (std::find(c.know.begin(), c.know.end(), from) == c.know.end()) c.know.push_back(from);
  c.blocks.forget(b);
  if (outcome.verdict == Verdict::unknown_previous) return;  // no room among the orphans
  c.r.note(b);
  take_outcome(now, from, arrival.block, outcome, out);
}

/// Puts a header where it belongs. False: the block is of no use now.
bool Nakamoto::place_header(Time now, NodeId from, BlockRef b, Outbox& out) {
  Cold& c = *cold_;
  if (c.r.tree.have_header(b)) return true;
  const Judged judged = c.r.tree.offer_header(b, now);
  charge(out.work, judged.effort);
  if (breaks_a_rule(judged.verdict)) {
    c.r.note(b);
    c.blocks.forget(b);
    out.report({happened::block_refused, 0, c.r.pool.headers.name(b), static_cast<std::uint64_t>(judged.verdict)});
    cut_off(now, from, judged.verdict, out);
    return false;
  }
  if (judged.verdict == Verdict::too_far_ahead) {
    c.blocks.forget(b);  // it may become valid: the next announcement brings it again
    return false;
  }
  if (!c.r.tree.have_header(b)) c.sync.consult(from, now, out);  // its parent is missing
  return true;
}

void Nakamoto::take_outcome(Time now, NodeId from, const Block& block, const BlockTree::Outcome& outcome, Outbox& out) {
  Cold& c = *cold_;
  if (from.valid()) c.sources.push_back({block.header, from});
  bool refused = breaks_a_rule(outcome.verdict);
  std::vector<std::pair<NodeId, Verdict>> guilty;
  const auto refuse = [&](BlockRef b, Verdict verdict) {
    out.report({happened::block_refused, 0, c.r.pool.headers.name(b), static_cast<std::uint64_t>(verdict)});
    for (const Cold::Source& s : c.sources) {
      if (s.block == b) guilty.emplace_back(s.peer, verdict);
    }
    std::erase_if(c.sources, [&](const Cold::Source& s) { return s.block == b; });
  };
  bool named = false;
  for (const BlockTree::Refused& bad : outcome.refused) {
    refuse(bad.block, bad.verdict);
    named = named || bad.block == block.header;
  }
  refused = refused || named;
  if (refused && !named) refuse(block.header, outcome.verdict);
  if (!refused) {
    const std::uint32_t size = c.r.pool.bodies.block_size(block.body);
    out.write(entry(Stored::block, block.header.value, size));
    out.sync();
    out.work.bytes_written += size;
    if (from.valid()) c.unplaced.push_back(block.header);  // of its own block a miner has told already
    note_records(c.r.pool.bodies.list(block.body), out);
  }
  std::erase_if(c.unplaced, [&](BlockRef b) {
    if (!c.r.tree.have_header(b)) return false;
    out.report({happened::block_held, c.r.pool.headers.height(b), c.r.pool.headers.name(b), 0});
    return true;
  });
  if (outcome.moved()) move_tip(now, outcome, block.header, out);
  for (const auto& [peer, verdict] : guilty) cut_off(now, peer, verdict, out);
  if (c.joining || c.sync.catching() || !c.unplaced.empty()) catch_up(now, out);
}

void Nakamoto::move_tip(Time now, const BlockTree::Outcome& outcome, BlockRef arrived, Outbox& out) {
  Cold& c = *cold_;
  const BlockRef tip = c.r.tree.tip();
  c.r.mempool.moved(tip, outcome.disconnected, outcome.connected);
  out.report({happened::tip_moved, c.r.pool.headers.height(tip), c.r.pool.headers.name(tip),
              c.r.pool.state.digest(tip).low64()});
  if (!outcome.disconnected.empty()) {
    out.report({happened::reorganised, static_cast<std::uint32_t>(outcome.disconnected.size()),
                c.r.pool.headers.name(tip), outcome.connected.size()});
    for (const BlockRef undone : outcome.disconnected) {
      for (const TxRef tx : c.r.pool.bodies.list(c.r.pool.state.body(undone))) {
        if (c.r.mempool.has(tx)) c.transactions.returned(now, tx, out);
      }
    }
  }
  c.transactions.tip_moved(now, out);
  note_records(c.transactions.entered(), out);
  follow_operations(!outcome.disconnected.empty(), out);
  for (const BlockRef b : outcome.connected) {
    std::erase_if(c.sources, [&](const Cold::Source& s) { return s.block == b; });
    if (c.joining || c.sync.catching()) continue;
    if (outcome.connected.size() > most_announced && b != tip) continue;
    c.blocks.announce(b, b == arrived ? std::span<const NodeId>(c.know) : std::span<const NodeId>(), out);
  }
  mine(out);
}

void Nakamoto::catch_up(Time now, Outbox& out) {
  Cold& c = *cold_;
  const bool caught_up = c.sync.pursue(now, out);
  if (!caught_up && !(c.joining && !c.sync.asking() && !c.sync.behind())) return;
  const BlockRef tip = c.r.tree.tip();
  out.report({happened::caught_up, c.r.pool.headers.height(tip), c.r.pool.headers.name(tip), 0});
  c.joining = false;
  if (caught_up) c.blocks.announce(tip, {}, out);
  c.transactions.take_up_postponed(now, out);
  mine(out);
}

void Nakamoto::won(Time now, Outbox& out) {
  Cold& c = *cold_;
  if (c.mined_bits == 0) return;
  Assembly from;
  from.tip = c.r.tree.tip();
  from.owner = c.wallet.address();
  from.now = now;
  from.extra = static_cast<std::uint32_t>(c.random.bits());
  from.fill_to = c.shared.options.body_size;
  const Assembled made = assemble_block(c.r.pool, c.r.mempool, from);
  charge(out.work, made.effort);
  const BlockRef b = made.block.header;
  if (!c.r.tree.offer_header(b, now).ok()) return;  // blocks came so fast that its time ran too far ahead
  out.report(
      {happened::block_mined, c.r.pool.headers.height(b), c.r.pool.headers.name(b), c.r.pool.headers.name(from.tip)});
  const BlockTree::Outcome outcome = c.r.tree.offer_body(b, made.block.body, c.r.mempool.set());
  CHECK_SAYING(outcome.verdict == Verdict::ok, "an assembled block keeps every rule");
  charge(out.work, outcome.effort);
  c.r.note(b);
  c.know.clear();
  take_outcome(now, nobody, made.block, outcome, out);
}

// --- transactions and the user -----------------------------------------------------------------------------------------

void Nakamoto::take_transaction(Time now, NodeId from, TxRef tx, Outbox& out) {
  Cold& c = *cold_;
  const Verdict verdict = c.transactions.received(now, from, tx, out);
  note_records(c.transactions.entered(), out);
  if (!harmless(verdict)) cut_off(now, from, verdict, out);
}

void Nakamoto::note_records(std::span<const TxRef> list, Outbox& out) {
  Cold& c = *cold_;
  for (const TxRef ref : list) {
    if (!c.held.add(ref.value)) continue;
    const Transaction& tx = c.r.pool.transactions.transaction(ref);
    if (tx.kind != TransactionKind::publish) continue;
    for (const Enclosure& e : tx.enclosures) {
      out.report({happened::record_held, static_cast<std::uint32_t>(e.content.size()), tx.number, 0});
    }
  }
}

void Nakamoto::submit(Time now, const Request& request, Outbox& out) {
  Cold& c = *cold_;
  Wallet::Made made = c.wallet.make(request, c.r.pool, c.r.tree, c.r.mempool, out.work);
  Verdict verdict = made.why;
  if (made.tx) {
    const TxRef tx = c.r.pool.transactions.intern(std::move(*made.tx));
    verdict = c.transactions.submitted(now, tx, out);
    if (verdict == Verdict::ok) {
      const std::uint32_t size = c.r.pool.transactions.wire_size(tx);
      out.write(entry(Stored::own_transaction, tx.value, size));
      out.sync();
      out.work.bytes_written += size;
      out.report({happened::operation_accepted, 0, request.number, 0});
      c.own.push_back({tx, request.number, false});
      note_records(c.transactions.entered(), out);
    }
  }
  if (verdict != Verdict::ok) {
    out.report({happened::operation_refused, 0, request.number, static_cast<std::uint64_t>(verdict)});
  }
}

void Nakamoto::follow_operations(bool reorganised, Outbox& out) {
  Cold& c = *cold_;
  const BlockRef tip = c.r.tree.tip();
  for (Cold::Own& own : c.own) {
    if (own.acked && !reorganised) continue;
    const BlockRef block = c.r.pool.state.inclusion(tip, own.tx);
    const std::uint32_t depth = block.valid() ? c.r.pool.headers.height(tip) - c.r.pool.headers.height(block) + 1 : 0;
    if (!own.acked && depth >= c.shared.options.ack_depth) {
      own.acked = true;
      out.report({happened::operation_acked, depth, own.number, 0});
    } else if (own.acked && depth == 0) {
      own.acked = false;
      out.report({happened::operation_undone, 0, own.number, 0});
    }
  }
}

// --- links and timers --------------------------------------------------------------------------------------------------

void Nakamoto::connected(Time now, NodeId peer, bool, Outbox& out) {
  Cold& c = *cold_;
  if (c.r.banned(peer)) {
    out.disconnect(peer, Reason::banned);
    return;
  }
  c.sync.consult(peer, now, out);
  c.transactions.greet(peer, out);
}

void Nakamoto::disconnected(Time now, NodeId peer, Reason, Outbox& out) { let_go(now, peer, out); }

void Nakamoto::cut_off(Time now, NodeId peer, Verdict verdict, Outbox& out) {
  if (cold_->r.banned(peer)) return;
  cold_->r.ban(peer, verdict, out);
  let_go(now, peer, out);
}

void Nakamoto::let_go(Time now, NodeId peer, Outbox& out) {
  Cold& c = *cold_;
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
      c.transactions.ask(l.next, {TxRef(l.thing.ref)}, out);
    }
  }
  c.r.ring_by(c.r.tracker.next_deadline(), out);
}

void Nakamoto::wake(Time now, Slot slot, Outbox& out) {
  Cold& c = *cold_;
  if (slot == announce_slot) {
    c.transactions.tick(out);
    return;
  }
  if (slot != request_slot) return;
  c.r.rings = Time::never();
  const std::span<const RequestTracker::Late> late = c.r.tracker.expire(now);
  for (const RequestTracker::Late& l : late) out.report({happened::request_timed_out, 0, l.silent.value, 0});
  ask_elsewhere(late, out);
  c.sync.expire(now, out);
  if (c.joining || c.sync.catching() || c.sync.behind()) catch_up(now, out);
  c.r.ring_by(std::min(c.r.tracker.next_deadline(), c.sync.deadline()), out);
}

void Nakamoto::show(HoldingsSink& sink) const {
  const Cold& c = *cold_;
  const BlockRef tip = c.r.tree.tip();
  sink.tip(c.r.pool.headers.height(tip), c.r.pool.headers.id(tip));
  sink.state_digest(c.r.pool.state.digest(tip).to_hash());
  struct Held {
    std::uint64_t name;
    std::uint64_t bytes;
    bool sealed;
    Hash256 txid;
  };
  std::vector<Held> records;
  c.held.each([&](std::uint32_t i) {
    const Transaction& tx = c.r.pool.transactions.transaction(TxRef(i));
    for (const Enclosure& e : tx.enclosures) {
      if (e.output == Enclosure::padding) continue;
      const Record& record = *tx.outputs[e.output].record;
      records.push_back({record.name, record.size, record.sealed, c.r.pool.transactions.id(TxRef(i))});
    }
  });
  std::sort(records.begin(), records.end(),
            [](const Held& a, const Held& b) { return a.name != b.name ? a.name < b.name : a.txid < b.txid; });
  for (const Held& h : records) sink.record(h.name, h.bytes, h.sealed);
  if (c.wallet.user().valid()) sink.key(c.wallet.user().value);
}

}  // namespace peerlab
