// A light user's chain: headers, where his transactions are in it, and what follows from their depth.
#include <algorithm>

#include "models/protocols/light_client.h"
#include "models/replication/messages.h"

namespace peerlab {

void LightClient::start(Time now, const Disk& survived, Outbox& out) {
  for (const DiskEntry& e : survived.entries()) {
    out.work.bytes_read += e.bytes;
    if (e.kind == static_cast<std::uint32_t>(LightStored::header)) {
      if (e.bytes != Header::size) continue;  // torn by the crash
      charge(out.work, tree_.offer_header(BlockRef(e.ref), now).effort);
      continue;
    }
    const TxRef tx(e.ref);
    if (e.bytes != pool_.transactions.wire_size(tx)) continue;
    const Transaction& made = pool_.transactions.transaction(tx);
    known_.add(tx.value);
    for (const Input& input : made.inputs) spent_.push_back(input.spends);
    own_.push_back({tx, static_cast<std::uint32_t>(made.number)});
  }
}

// --- headers ---------------------------------------------------------------------------------------------------------

void LightClient::ask_headers(NodeId peer, Time now, Outbox& out) {
  if (headers_from_.valid()) return;
  std::vector<Hash256> ids;
  for (const BlockRef b : tree_.locator()) {
    if (ids.size() < most_locator) ids.push_back(pool_.headers.id(b));
  }
  out.send(peer, get_headers(*home_.parcels, std::move(ids)));
  headers_from_ = peer;
  headers_due_ = now + shared_.options.light_timeout;
}

void LightClient::take_headers(Time now, NodeId from, std::span<const BlockRef> list, Outbox& out) {
  const bool asked = headers_from_ == from;
  if (asked) headers_from_ = nobody;
  bool all = true;
  for (const BlockRef b : list) {
    const Judged judged = tree_.offer_header(b, now);
    charge(out.work, judged.effort);
    if (!judged.ok() && !harmless(judged.verdict)) {
      cut_off(from, judged.verdict, out);
      all = false;
      break;
    }
    if (!judged.ok()) {
      all = all && judged.verdict == Verdict::already_known;
      continue;
    }
    out.sync();  // flushed by now what came before; nobody waits for it
    out.write({static_cast<std::uint32_t>(LightStored::header), b.value, Header::size});
    out.work.bytes_written += Header::size;
  }
  if (asked && all && list.size() == most_headers) ask_headers(from, now, out);
  follow(now, out);
}

// --- his own transactions --------------------------------------------------------------------------------------------

void LightClient::send_own(Own& own, NodeId to, Outbox& out) const {
  own.told = to;
  out.work.bytes_coded += pool_.transactions.wire_size(own.tx);
  out.send(to, transaction(own.tx));
}

/// After the chain of headers has moved, or nobody has told where his transactions are.
void LightClient::follow(Time now, Outbox& out) {
  const BlockRef best = tree_.best_header();
  std::vector<TxRef> missing;
  for (Own& own : own_) {
    if (own.block.valid() && !pool_.headers.is_ancestor(own.block, best)) own.block = {};
    if (!own.block.valid() && missing.size() < most_proofs) missing.push_back(own.tx);
  }
  count_depth(out);
  if (missing.empty() || best == proofs_at_) return;
  const NodeId peer = choose({});
  if (!peer.valid()) return;
  proofs_at_ = best;
  proofs_from_ = peer;
  proofs_due_ = now + shared_.options.light_timeout;
  out.send(peer, proof_request(*home_.parcels, pool_, std::move(missing)));
}

void LightClient::count_depth(Outbox& out) {
  const std::uint32_t top = pool_.headers.height(tree_.best_header());
  for (Own& own : own_) {
    if (!own.block.valid()) continue;
    const std::uint32_t depth = top - pool_.headers.height(own.block) + 1;
    if (depth > own.deepest && own.deepest < shared_.options.ack_depth) {
      own.deepest = depth;
      out.report({happened::operation_deepened, depth, own.number, 0});
    }
    if (!own.acked && depth >= shared_.options.ack_depth) {
      own.acked = true;
      out.report({happened::operation_acked, depth, own.number, 0});
    }
    if (!own.is_final && depth >= shared_.options.final_depth) {
      own.is_final = true;
      out.report({happened::operation_final, depth, own.number, 0});
    }
  }
}

void LightClient::take_proofs(Time, NodeId from, const ProofsParcel& proofs, Outbox& out) {
  if (proofs_from_ == from) proofs_from_ = nobody;
  out.work.bytes_coded += proofs.wire_size;
  constexpr std::uint32_t inner_node = 64;  // bytes: see merkle_proof.h
  for (const Whereabouts& where : proofs.list) {
    const auto own = std::find_if(own_.begin(), own_.end(), [&](const Own& o) { return o.tx == where.tx; });
    if (own == own_.end() || own->block.valid()) continue;
    if (where.state == Whereabouts::State::in_block) {
      if (!tree_.have_header(where.block) || !pool_.headers.linked(where.block)) continue;  // the header is on its way
      out.work.bytes_hashed += 64 * where.proof.branch.size();
      const bool right =
          pool_.transactions.wire_size(own->tx) != inner_node &&
          leads_to_root(where.proof, pool_.transactions.id(own->tx), pool_.headers.header(where.block).merkle_root);
      if (!right) {
        cut_off(from, Verdict::bad_merkle_root, out);
        proofs_at_ = {};
        break;
      }
      if (pool_.headers.is_ancestor(where.block, tree_.best_header())) own->block = where.block;
      continue;
    }
    if (own->acked) {
      own->acked = false;
      out.report({happened::operation_undone, 0, own->number, 0});
    }
    own->is_final = false;
    if (where.state == Whereabouts::State::unknown) send_own(*own, from, out);
  }
  count_depth(out);
}

}  // namespace peerlab
