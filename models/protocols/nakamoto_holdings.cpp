#include "models/protocols/nakamoto_holdings.h"

#include <vector>

#include "models/protocols/nakamoto_cold.h"

namespace peerlab {
namespace {

bool is(const DiskEntry& e, Stored kind) { return e.kind == static_cast<std::uint32_t>(kind); }

/// The whole body was written, and the block keeps every rule.
bool sound(const BlockPool& pool, const DiskEntry& e) {
  const BlockRef b(e.ref);
  const BodyRef body = pool.state.body(b);
  if (!body.valid() || e.bytes != pool.bodies.block_size(body)) return false;
  return pool.headers.linked(b) && pool.state.judged(b) && pool.state.verdict(b) == Verdict::ok;
}

/// The user whom a record's name names as its publisher has the key of this output.
bool by_its_publisher(const NakamotoShared& shared, const Output& output) {
  const UserId publisher(static_cast<std::uint32_t>(output.record->name >> 32));
  return publisher.value < shared.users && shared.book->public_key(publisher) == output.owner;
}

}  // namespace

BlockRef tip_on_disk(const BlockPool& pool, std::span<const DiskEntry> entries) {
  const HeaderTree& headers = pool.headers;
  BlockRef best = pool.genesis();
  Bits complete;
  complete.add(best.value);
  std::vector<BlockRef> waiting;  // for their parents; hardly ever any
  const auto place = [&](BlockRef b) {
    if (!complete.has(headers.parent(b).value)) return false;
    if (complete.add(b.value) && headers.work(b) > headers.work(best)) best = b;
    return true;
  };
  for (const DiskEntry& e : entries) {
    if (!is(e, Stored::block) || !sound(pool, e)) continue;
    if (!place(BlockRef(e.ref))) {
      waiting.push_back(BlockRef(e.ref));
      continue;
    }
    for (std::size_t i = 0; i < waiting.size();) {
      if (place(waiting[i])) {
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
        i = 0;
      } else {
        ++i;
      }
    }
  }
  return best;
}

void show_chain(const NakamotoShared& shared, BlockPool& pool, BlockRef tip, HoldingsSink& sink) {
  for (BlockRef b = tip; b != pool.genesis(); b = pool.headers.parent(b)) {
    if (!sink.begin_bundle(pool.headers.name(b))) continue;
    for (const TxRef tx : pool.bodies.list(pool.state.body(b))) show_transaction(shared, pool, tx, sink);
    sink.end_bundle();
  }
}

void show_transaction(const NakamotoShared& shared, BlockPool& pool, TxRef ref, HoldingsSink& sink) {
  const Transaction& tx = pool.transactions.transaction(ref);
  for (const Enclosure& e : tx.enclosures) {
    if (e.output == Enclosure::padding) continue;
    const Output& output = tx.outputs[e.output];
    if (tx.kind == TransactionKind::publish && !by_its_publisher(shared, output)) continue;  // another record
    const Record& record = *output.record;
    sink.held({record.name, tx.number, record.size, record.sealed, pool.transactions.judge(ref).ok(), &e.content});
  }
}

void show_peer_disk(const NakamotoShared& shared, BlockPool& pool, std::span<const DiskEntry> entries,
                    HoldingsSink& sink) {
  const BlockRef tip = tip_on_disk(pool, entries);
  show_chain(shared, pool, tip, sink);
  for (const DiskEntry& e : entries) {
    const TxRef tx(e.ref);
    if (!is(e, Stored::own_transaction) || e.bytes != pool.transactions.wire_size(tx)) continue;
    if (!pool.state.contains(tip, tx)) show_transaction(shared, pool, tx, sink);
  }
}

void Nakamoto::show(HoldingsSink& sink) const {
  const Cold& c = *cold_;
  const BlockRef tip = c.r.tree.tip();
  sink.tip(c.r.pool.headers.height(tip), c.r.pool.headers.id(tip));
  sink.state_digest(c.r.pool.state.digest(tip).to_hash());
  show_chain(c.shared, c.r.pool, tip, sink);
  c.r.mempool.set().each([&](TxRef tx) { show_transaction(c.shared, c.r.pool, tx, sink); });
  if (c.r.home.has_key) sink.key(c.its_user().value);
}

}  // namespace peerlab
