#include "models/ledger/mempool.h"

#include <algorithm>
#include <queue>

namespace peerlab {

Judged Mempool::add(TxRef tx, BlockRef tip) {
  if (has(tx)) return {Verdict::already_known, {}};
  Judged judged = pool_->state.admissible(tx, tip, set_);
  if (!judged.ok()) return judged;
  set_.add(tx);
  bytes_ += pool_->transactions.wire_size(tx);
  shrink();
  if (!has(tx)) judged.verdict = Verdict::mempool_full;
  return judged;
}

std::optional<Effort> Mempool::add_together(std::span<const TxRef> list, std::span<const MaskWord> mask,
                                            std::uint64_t bytes, BlockRef tip) {
  if (bytes_ + bytes > limit_ || set_.count_common(mask) != 0) return std::nullopt;
  const std::optional<Effort> effort = pool_->state.admissible_together(list, tip);
  if (!effort) return std::nullopt;
  for (const MaskWord& m : mask) set_.add(m);
  bytes_ += bytes;
  return effort;
}

void Mempool::moved(BlockRef tip, std::span<const BlockRef> disconnected, std::span<const BlockRef> connected) {
  const TransactionStore& transactions = pool_->transactions;
  for (const BlockRef block : disconnected) {
    for (const TxRef tx : pool_->bodies.list(pool_->state.body(block)).subspan(1)) {
      if (set_.add(tx)) bytes_ += transactions.wire_size(tx);
    }
  }
  for (const BlockRef block : connected) {
    const std::span<const MaskWord> mask = pool_->bodies.mask(pool_->state.body(block));
    set_.each_common(mask, [&](TxRef tx) { bytes_ -= transactions.wire_size(tx); });
    set_.remove_all(mask);
    // Only a contested transaction can have a rival here.
    for (const MaskWord& m : mask) {
      for (std::uint64_t left = m.bits & transactions.contested_word(m.word); left != 0; left &= left - 1) {
        drop_rivals(TxRef::of(std::size_t{m.word} * 64 + static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }
  if (!disconnected.empty()) drop_impossible(tip);
  shrink();
}

void Mempool::drop_rivals(TxRef confirmed) {
  const TransactionStore& transactions = pool_->transactions;
  const Transaction& t = transactions.transaction(confirmed);
  for (std::size_t i = 0; i < t.inputs.size(); ++i) {
    for (const TxRef rival : transactions.spenders(transactions.spent_by(confirmed, i))) {
      if (rival != confirmed) remove_with_dependants(rival);
    }
  }
  if (t.kind != TransactionKind::publish) return;
  for (const Output& o : t.outputs) {
    if (!o.record) continue;
    for (const TxRef rival : transactions.publishers(o.owner, o.record->name)) {
      if (rival != confirmed) remove_with_dependants(rival);
    }
  }
}

// Removing one can only make others impossible, so the order of removal does not show in what is left.
void Mempool::drop_impossible(BlockRef tip) {
  std::vector<TxRef> gone;
  do {
    gone.clear();
    set_.each([&](TxRef tx) {
      if (pool_->state.still_admissible(tx, tip, set_) != Verdict::ok) gone.push_back(tx);
    });
    for (const TxRef tx : gone) remove_with_dependants(tx);
  } while (!gone.empty());
}

void Mempool::clear() {
  set_.clear();
  bytes_ = 0;
}

bool Mempool::spends(OutputRef out) const {
  const std::span<const TxRef> spenders = pool_->transactions.spenders(out);
  return std::any_of(spenders.begin(), spenders.end(), [&](TxRef tx) { return has(tx); });
}

template <class F>
void Mempool::each_dependant(TxRef tx, F&& f) const {
  const TransactionStore& transactions = pool_->transactions;
  const std::size_t outputs = transactions.transaction(tx).outputs.size();
  for (std::size_t i = 0; i < outputs; ++i) {
    for (const TxRef spender : transactions.spenders(OutputRef::of(transactions.first_output(tx).index() + i))) {
      if (has(spender)) f(spender);
    }
  }
}

void Mempool::remove_with_dependants(TxRef first) {
  std::vector<TxRef> todo{first};
  while (!todo.empty()) {
    const TxRef tx = todo.back();
    todo.pop_back();
    if (!set_.remove(tx)) continue;
    bytes_ -= pool_->transactions.wire_size(tx);
    each_dependant(tx, [&](TxRef dependant) { todo.push_back(dependant); });
  }
}

std::vector<TxRef> Mempool::sorted() const {
  std::vector<TxRef> all;
  all.reserve(size());
  set_.each([&](TxRef tx) { all.push_back(tx); });
  std::sort(all.begin(), all.end(), [&](TxRef a, TxRef b) { return pool_->transactions.pays_better(a, b); });
  return all;
}

void Mempool::shrink() {
  if (bytes_ <= limit_) return;
  const std::vector<TxRef> best_first = sorted();
  const std::uint64_t keep = limit_ - limit_ / 16;
  for (auto worst = best_first.rbegin(); worst != best_first.rend() && bytes_ > keep; ++worst)
    remove_with_dependants(*worst);
}

std::vector<TxRef> Mempool::select(std::uint64_t room) const {
  const TransactionStore& transactions = pool_->transactions;
  const auto worse = [&](TxRef a, TxRef b) { return transactions.pays_better(b, a); };
  std::priority_queue<TxRef, std::vector<TxRef>, decltype(worse)> ready(worse);
  Lookup<TxRef, std::uint32_t> missing;  // how many inputs still wait for another transaction in the mempool
  set_.each([&](TxRef tx) {
    std::uint32_t waits = 0;
    for (std::size_t i = 0; i < transactions.transaction(tx).inputs.size(); ++i) {
      if (has(transactions.maker(transactions.spent_by(tx, i)))) ++waits;
    }
    if (waits == 0) {
      ready.push(tx);
    } else {
      missing.insert(tx, waits);
    }
  });
  std::vector<TxRef> chosen;
  while (!ready.empty()) {
    const TxRef tx = ready.top();
    ready.pop();
    if (transactions.wire_size(tx) > room) continue;  // what depends on it never becomes ready
    room -= transactions.wire_size(tx);
    chosen.push_back(tx);
    each_dependant(tx, [&](TxRef dependant) {  // once for each input that names an output of tx
      if (--missing[dependant] == 0) ready.push(dependant);
    });
  }
  return chosen;
}

}  // namespace peerlab
