#include "models/protocols/record_view.h"

#include "models/replication/replica.h"  // charge

namespace peerlab {
namespace {

struct Seen {
  const BlockPool& pool;
  BlockRef tip;
  const Mempool& mempool;
  [[nodiscard]] bool has(TxRef tx) const { return mempool.has(tx) || pool.state.contains(tip, tx); }
};

TxRef first_seen(std::span<const TxRef> list, const Seen& seen) {
  for (const TxRef tx : list) {
    if (seen.has(tx)) return tx;
  }
  return {};
}

OutputRef published_at(const TransactionStore& transactions, TxRef tx, const PublicKey& owner, std::uint64_t name) {
  const Transaction& t = transactions.transaction(tx);
  for (std::size_t i = 0; i < t.outputs.size(); ++i) {
    const Output& o = t.outputs[i];
    if (o.record && o.record->name == name && o.owner == owner)
      return OutputRef::of(transactions.first_output(tx).index() + i);
  }
  return {};
}

/// Where `tx` puts the record that it takes from `out`: records keep their order.
OutputRef goes_to(const TransactionStore& transactions, TxRef tx, OutputRef out) {
  const Transaction& t = transactions.transaction(tx);
  if (t.kind == TransactionKind::erase) return {};
  std::size_t before = 0;
  for (std::size_t i = 0; i < t.inputs.size() && transactions.spent_by(tx, i) != out; ++i) {
    if (transactions.output(transactions.spent_by(tx, i)).record) ++before;
  }
  for (std::size_t i = 0; i < t.outputs.size(); ++i) {
    if (t.outputs[i].record && before-- == 0) return OutputRef::of(transactions.first_output(tx).index() + i);
  }
  return {};
}

const Enclosure* enclosed(const Transaction& tx, std::uint32_t output) {
  for (const Enclosure& e : tx.enclosures) {
    if (e.output == output) return &e;
  }
  return nullptr;
}

}  // namespace

RecordView view_record(BlockPool& pool, BlockRef tip, const Mempool& mempool, const PublicKey& publisher,
                       std::uint64_t name, Work& work, std::vector<TxRef>* custody) {
  TransactionStore& transactions = pool.transactions;
  const Seen seen{pool, tip, mempool};
  RecordView view;
  ++work.state_steps;
  TxRef write = first_seen(transactions.publishers(publisher, name), seen);
  if (!write.valid()) return view;
  OutputRef out = published_at(transactions, write, publisher, name);
  Hash256 commitment;  // of the content in hand
  view.genuine = true;
  while (write.valid()) {
    ++work.state_steps;
    if (custody != nullptr) custody->push_back(write);
    view.last = write;
    view.output = out;
    view.genuine = view.genuine && transactions.judge(write).ok();
    if (!out.valid()) break;
    const Transaction& t = transactions.transaction(write);
    const std::uint32_t index = transactions.point(out).index;
    if (const Enclosure* const e = enclosed(t, index)) {
      view.content = &e->content;
      commitment = t.outputs[index].record->commitment;
    }
    const OutputRef from = out;
    write = first_seen(transactions.spenders(from), seen);
    if (write.valid()) out = goes_to(transactions, write, from);
  }
  if (!view.live()) {
    view.content = nullptr;
    return view;
  }
  view.genuine =
      view.genuine && view.content != nullptr && transactions.output(view.output).record->commitment == commitment;
  if (view.content != nullptr) {
    work.bytes_read += view.content->size();
    work.bytes_hashed += view.content->size();
  }
  return view;
}

namespace {

/// Where a transaction that somebody has sent puts the record that lay in `out`; nothing when it breaks the rules of custody.
struct Step {
  bool right = false;
  OutputRef to;  ///< invalid: it was erased
};
Step step_from(const TransactionStore& transactions, TxRef tx, OutputRef out) {
  const Transaction& t = transactions.transaction(tx);
  const Output& before = transactions.output(out);
  const OutPoint point = transactions.point(out);
  std::size_t input = 0;
  while (input < t.inputs.size() && t.inputs[input].spends != point) {
    // Records keep their order: what the inputs before this one hold must be known.
    if (!transactions.spent_by(tx, input).valid()) return {};
    ++input;
  }
  if (input == t.inputs.size() || t.inputs[input].owner != before.owner) return {};
  if (t.kind == TransactionKind::erase) return {true, {}};
  const OutputRef to = goes_to(transactions, tx, out);
  if (!to.valid()) return {};
  const Output& after = transactions.output(to);
  if (after.record->name != before.record->name) return {};
  if (t.kind == TransactionKind::update) return {after.owner == before.owner, to};
  if (t.kind != TransactionKind::transfer) return {};
  const bool same = after.record->commitment == before.record->commitment;
  return {same || enclosed(t, transactions.point(to).index) != nullptr, to};
}

}  // namespace

RecordView check_custody(BlockPool& pool, std::span<const TxRef> custody, const PublicKey& publisher,
                         std::uint64_t name, Work& work) {
  TransactionStore& transactions = pool.transactions;
  RecordView view;
  Hash256 commitment;  // of the content in hand
  for (std::size_t i = 0; i < custody.size(); ++i) {
    const TxRef tx = custody[i];
    if (i > 0 && !view.live()) return {};  // something follows an erasure
    const Judged judged = transactions.judge(tx);
    charge(work, judged.effort);
    if (!judged.ok()) return {};
    const Transaction& t = transactions.transaction(tx);
    if (i == 0) {
      if (t.kind != TransactionKind::publish) return {};
      view.output = published_at(transactions, tx, publisher, name);
      if (!view.live()) return {};
    } else {
      const Step step = step_from(transactions, tx, view.output);
      if (!step.right) return {};
      view.output = step.to;
    }
    view.last = tx;
    if (!view.live()) {
      view.content = nullptr;
      continue;
    }
    const std::uint32_t index = transactions.point(view.output).index;
    if (const Enclosure* const e = enclosed(t, index)) {
      view.content = &e->content;
      commitment = t.outputs[index].record->commitment;
    }
  }
  if (!view.found()) return view;
  view.genuine =
      !view.live() || (view.content != nullptr && transactions.output(view.output).record->commitment == commitment);
  return view;
}

}  // namespace peerlab
