// What a nakamoto peer does for its user: operations, and the records it holds.
#include "models/protocols/light_messages.h"
#include "models/protocols/nakamoto.h"
#include "models/protocols/nakamoto_cold.h"
#include "models/protocols/record_view.h"

namespace peerlab {

void Nakamoto::take_transaction(Time now, NodeId from, TxRef tx, Outbox& out) {
  Cold& c = *cold_;
  const Verdict verdict = c.transactions().received(now, from, tx, out);
  note_records(c.entered(), out);
  note_shown(c.entered(), out);
  if (!harmless(verdict)) cut_off(now, from, verdict, out);
}

void Nakamoto::take_bundle(Time now, NodeId from, const Message& message, Outbox& out) {
  Cold& c = *cold_;
  const Verdict verdict = c.transactions().received_bundle(now, from, message, out);
  note_records(c.entered(), out);
  note_shown(c.entered(), out);
  if (!harmless(verdict)) cut_off(now, from, verdict, out);
}

// For a light user the peer does what it does for its own: his transaction waits for nobody's announcement, and he is told the verdict.
void Nakamoto::take_light_transaction(Time now, NodeId from, TxRef tx, Outbox& out) {
  Cold& c = *cold_;
  out.work.bytes_coded += c.r.pool.transactions.wire_size(tx);
  const Verdict verdict = c.transactions().submitted(now, tx, out);
  if (verdict == Verdict::ok) {
    const auto number = static_cast<std::uint32_t>(c.r.pool.transactions.transaction(tx).number);
    out.report({happened::operation_accepted, 0, number, 0});
  }
  note_records(c.entered(), out);
  note_shown(c.entered(), out);
  out.send(from, light_verdict(tx, verdict));
  if (!harmless(verdict)) cut_off(now, from, verdict, out);
}

void Nakamoto::note_records(std::span<const TxRef> list, Outbox& out) {
  if (list.empty()) return;
  Cold& c = *cold_;
  for (const TxRef ref : list) {
    const TransactionKind kind = c.r.pool.transactions.kind(ref);
    if (kind != TransactionKind::publish && kind != TransactionKind::update) continue;
    if (!c.user().held.add(ref.value)) continue;
    const Transaction& tx = c.r.pool.transactions.transaction(ref);
    for (const Enclosure& e : tx.enclosures) {
      out.report({happened::record_held, static_cast<std::uint32_t>(e.content.size()), tx.number, 0});
    }
  }
}

// What is in the mempool or the chain is what a read finds here. Nobody reads payments.
void Nakamoto::note_shown(std::span<const TxRef> list, Outbox& out) {
  if (list.empty()) return;
  Cold& c = *cold_;
  for (const TxRef ref : list) {
    if (c.r.pool.transactions.kind(ref) == TransactionKind::pay) continue;
    if (c.user().shown.add(ref.value))
      out.report({happened::operation_shown, 0, c.r.pool.transactions.transaction(ref).number, 0});
  }
}

// A full peer asks nobody: it answers from its own copy, at once, with whatever that copy holds.
void Nakamoto::read(const Request& request, Outbox& out) {
  Cold& c = *cold_;
  const PublicKey& publisher = c.shared.book->public_key(request.record.publisher);
  const RecordView view =
      view_record(c.r.pool, c.r.tree.tip(), c.r.mempool, publisher, request.record.packed(), out.work);
  const std::uint64_t version =
      view.found() ? c.r.pool.transactions.transaction(view.last).number : happened::no_version;
  out.report({happened::read_answered, view.genuine ? 1U : 0U, request.number, version});
}

void Nakamoto::submit(Time now, const Request& request, Outbox& out) {
  Cold& c = *cold_;
  if (request.what == Asked::read) return read(request, out);
  Wallet::Made made = c.user().wallet.make(request, c.r.pool, c.r.tree, c.r.mempool, out.work);
  Verdict verdict = made.why;
  if (made.tx) {
    const TxRef tx = c.r.pool.transactions.intern(std::move(*made.tx));
    verdict = c.transactions().submitted(now, tx, out);
    if (verdict == Verdict::ok) {
      const std::uint32_t size = c.r.pool.transactions.wire_size(tx);
      out.write(entry(Stored::own_transaction, tx.value, size));
      out.sync();
      ++out.work.syncs;
      out.work.bytes_written += size;
      out.report({happened::operation_accepted, 0, request.number, 0});
      c.user().own.push_back({tx, request.number, false, false});
      note_records(c.entered(), out);
      note_shown(c.entered(), out);
    }
  }
  if (verdict != Verdict::ok) {
    out.report({happened::operation_refused, 0, request.number, static_cast<std::uint64_t>(verdict)});
  }
}

void Nakamoto::follow_operations(bool reorganised, Outbox& out) {
  Cold& c = *cold_;
  if (c.user_side == nullptr) return;
  const BlockRef tip = c.r.tree.tip();
  for (Cold::Own& own : c.user_side->own) {
    if (own.acked && own.is_final && !reorganised) continue;
    const BlockRef block = c.r.pool.state.inclusion(tip, own.tx);
    const std::uint32_t depth = block.valid() ? c.r.pool.headers.height(tip) - c.r.pool.headers.height(block) + 1 : 0;
    if (depth > own.deepest && own.deepest < c.shared.options.ack_depth) {
      own.deepest = depth;
      out.report({happened::operation_deepened, depth, own.number, 0});
    }
    if (!own.acked && depth >= c.shared.options.ack_depth) {
      own.acked = true;
      out.report({happened::operation_acked, depth, own.number, 0});
    } else if (own.acked && depth == 0) {
      own.acked = false;
      out.report({happened::operation_undone, 0, own.number, 0});
    }
    if (!own.is_final && depth >= c.shared.options.final_depth) {
      own.is_final = true;
      out.report({happened::operation_final, depth, own.number, 0});
    } else if (depth == 0) {
      own.is_final = false;
    }
  }
}

}  // namespace peerlab
