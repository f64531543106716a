#include "models/ledger/transaction_store.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {

TxRef TransactionStore::find(const Hash256& txid) const {
  const TxRef* const tx = by_id_.find(txid);
  return tx == nullptr ? TxRef{} : *tx;
}

TxRef TransactionStore::refer(const Hash256& txid) {
  const auto [tx, added] = by_id_.insert(txid, TxRef::of(transactions_.size()));
  if (!added) return *tx;
  transactions_.emplace_back();
  ids_.push_back(txid);
  size_.push_back(0);
  kind_.push_back(transactions_.back().kind);
  first_output_.emplace_back();
  first_input_.push_back(0);
  memo_.emplace_back();
  cost_.emplace_back();
  return *tx;
}

TxRef TransactionStore::intern(Transaction transaction) {
  const TxRef tx = refer(txid(transaction));
  if (present(tx)) return tx;
  present_.add(tx);
  transactions_[tx.index()] = std::move(transaction);
  const Transaction& t = transactions_[tx.index()];
  const std::uint64_t size = peerlab::wire_size(t);
  CHECK(size <= 0xffffffff);
  size_[tx.index()] = static_cast<std::uint32_t>(size);
  kind_[tx.index()] = transactions_[tx.index()].kind;

  Cost& cost = cost_[tx.index()];
  cost.signatures = static_cast<std::uint32_t>(t.inputs.size());
  cost.bytes = static_cast<std::uint32_t>(size);
  for (const Enclosure& e : t.enclosures) {
    if (e.output != Enclosure::padding) cost.bytes += static_cast<std::uint32_t>(e.content.size());
  }

  first_output_[tx.index()] = OutputRef::of(maker_.size());
  for (const Output& o : t.outputs) {
    const OutputRef out = OutputRef::of(maker_.size());
    maker_.push_back(tx);
    spender_.emplace_back();
    by_owner_[o.owner].push_back(out);
    if (!o.record || t.kind != TransactionKind::publish) continue;
    std::vector<TxRef>& same = by_record_[RecordKey{o.owner, o.record->name}];
    if (!same.empty() && same.back() == tx) continue;
    same.push_back(tx);
    if (same.size() >= 2) {
      for (const TxRef each : same) contested_.add(each);
    }
  }

  first_input_[tx.index()] = static_cast<std::uint32_t>(inputs_.size());
  inputs_.resize(inputs_.size() + t.inputs.size());
  for (std::uint32_t i = 0; i < t.inputs.size(); ++i) {
    const TxRef made_by = find(t.inputs[i].spends.txid);
    if (made_by.valid() && present(made_by)) {
      resolve(tx, i, made_by);
    } else {
      waiting_[t.inputs[i].spends.txid].push_back({tx, i});
    }
  }
  if (const std::vector<Waiting>* const waiting = waiting_.find(id(tx))) {
    for (const Waiting& w : *waiting) resolve(w.spender, w.input, tx);
    waiting_.erase(id(tx));
  }
  return tx;
}

void TransactionStore::resolve(TxRef spender, std::uint32_t input, TxRef made_by) {
  const std::uint32_t index = transaction(spender).inputs[input].spends.index;
  if (index >= transaction(made_by).outputs.size()) return;
  const OutputRef out = OutputRef::of(first_output(made_by).index() + index);
  inputs_[first_input_[spender.index()] + input] = out;
  add_spender(out, spender);
}

void TransactionStore::add_spender(OutputRef out, TxRef spender) {
  TxRef& first = spender_[out.index()];
  if (!first.valid()) first = spender;
  if (first == spender) return;
  std::vector<TxRef>& all = more_spenders_[out];
  if (all.empty()) {
    all.push_back(first);
    contested_.add(first);
  }
  if (std::find(all.begin(), all.end(), spender) != all.end()) return;
  all.push_back(spender);
  contested_.add(spender);
}

Verdict TransactionStore::judge_shape(TxRef tx) {
  CHECK(present(tx));
  Memo& memo = memo_[tx.index()];
  if (!memo.shaped) {
    memo.shape = peerlab::judge_shape(transaction(tx), rules_);
    memo.shaped = true;
    if (memo.shape != Verdict::ok) cost_of_failure_[tx] = Effort{.bytes_hashed = wire_size(tx)};
  }
  return memo.shape;
}

Judged TransactionStore::judge(TxRef tx) {
  const Verdict shape = judge_shape(tx);
  if (shape != Verdict::ok) return {shape, effort(tx)};
  Memo& memo = memo_[tx.index()];
  if (!memo.proved) {
    const Judged proofs = judge_proofs(transaction(tx));
    memo.proofs = proofs.verdict;
    memo.proved = true;
    if (!proofs.ok()) cost_of_failure_[tx] = proofs.effort + Effort{.bytes_hashed = wire_size(tx)};
  }
  return {memo.proofs, effort(tx)};
}

Effort TransactionStore::effort(TxRef tx) const {
  const Memo& memo = memo_[tx.index()];
  if (memo.shape != Verdict::ok || memo.proofs != Verdict::ok) [[unlikely]] {
    const Effort* const cost = cost_of_failure_.find(tx);
    CHECK(cost != nullptr);
    return *cost;
  }
  const Cost& cost = cost_[tx.index()];
  return Effort{.signatures = cost.signatures, .bytes_hashed = cost.bytes};
}

Effort TransactionStore::effort(std::span<const TxRef> list) const {
  Effort effort;
  for (const TxRef tx : list) {
    const Cost& cost = cost_[tx.index()];
    effort.signatures += cost.signatures;
    effort.bytes_hashed += cost.bytes;
  }
  return effort;
}

std::optional<std::uint64_t> TransactionStore::fee(TxRef tx) const {
  const Transaction& t = transaction(tx);
  if (t.kind == TransactionKind::coinbase) return 0;
  std::uint64_t in = 0;
  for (std::size_t i = 0; i < t.inputs.size(); ++i) {
    const OutputRef out = spent_by(tx, i);
    if (!out.valid()) return std::nullopt;
    const std::uint64_t amount = output(out).amount;
    if (amount > rules_.money_limit || in + amount > rules_.money_limit) return std::nullopt;
    in += amount;
  }
  for (const Output& o : t.outputs) {
    if (o.amount > in) return std::nullopt;
    in -= o.amount;
  }
  return in;
}

bool TransactionStore::pays_better(TxRef a, TxRef b) const {
  __extension__ typedef unsigned __int128 Wide;
  const Wide left = Wide{fee(a).value_or(0)} * wire_size(b);  // fee(a) / size(a) against fee(b) / size(b), exactly
  const Wide right = Wide{fee(b).value_or(0)} * wire_size(a);
  return left != right ? left > right : id(a) < id(b);
}

const Output& TransactionStore::output(OutputRef out) const {
  const TxRef made_by = maker(out);
  return transaction(made_by).outputs[out.index() - first_output(made_by).index()];
}

OutPoint TransactionStore::point(OutputRef out) const {
  const TxRef made_by = maker(out);
  return {id(made_by), static_cast<std::uint32_t>(out.index() - first_output(made_by).index())};
}

OutputRef TransactionStore::output_at(const OutPoint& point) const {
  const TxRef made_by = find(point.txid);
  if (!made_by.valid() || !present(made_by)) return {};
  if (point.index >= transaction(made_by).outputs.size()) return {};
  return OutputRef::of(first_output(made_by).index() + point.index);
}

std::span<const TxRef> TransactionStore::spenders(OutputRef out) const {
  const TxRef& first = spender_[out.index()];
  if (!first.valid()) return {};
  if (contested_.has(first)) {
    if (const std::vector<TxRef>* const all = more_spenders_.find(out)) return *all;
  }
  return {&first, 1};
}

std::span<const OutputRef> TransactionStore::outputs_of(const PublicKey& owner) const {
  const std::vector<OutputRef>* const outputs = by_owner_.find(owner);
  return outputs == nullptr ? std::span<const OutputRef>{} : *outputs;
}

std::span<const TxRef> TransactionStore::publishers(const PublicKey& owner, std::uint64_t record) const {
  const std::vector<TxRef>* const all = by_record_.find(RecordKey{owner, record});
  return all == nullptr ? std::span<const TxRef>{} : *all;
}

std::size_t TransactionStore::memory() const {
  std::size_t bytes = transactions_.size() * (sizeof(Transaction) + 2 * sizeof(Hash256) + 64);
  bytes += inputs_.size() * (sizeof(Input) + sizeof(OutputRef));
  bytes += maker_.size() * (sizeof(Output) + 3 * sizeof(TxRef) + 32);
  return bytes;
}

}  // namespace peerlab
