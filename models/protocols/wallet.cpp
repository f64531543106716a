#include "models/protocols/wallet.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/crypto/sha256.h"

namespace peerlab {

const Content* stored_content_of(const TransactionStore& transactions, OutputRef out) {
  while (out.valid()) {
    const TxRef maker = transactions.maker(out);
    const Transaction& tx = transactions.transaction(maker);
    const std::uint32_t index = transactions.point(out).index;
    for (const Enclosure& e : tx.enclosures) {
      if (e.output == index) return &e.content;
    }
    const std::optional<Record>& record = tx.outputs[index].record;
    if (!record) return nullptr;
    OutputRef before;
    for (std::size_t i = 0; i < tx.inputs.size() && !before.valid(); ++i) {
      const OutputRef spent = transactions.spent_by(maker, i);
      if (spent.valid() && transactions.output(spent).record == record) before = spent;
    }
    out = before;
  }
  return nullptr;
}

const KeyPair& Wallet::key() {
  if (!key_) key_ = book_.key_pair(user_);
  return *key_;
}

Hash256 Wallet::entropy(std::uint64_t number) const {
  Bytes text;
  Writer w(text);
  w.hash(key_->secret());
  w.u64(number);
  return tagged_hash("peerlab/wallet", text);
}

bool Wallet::confirmed(const View& view, OutputRef out) const {
  return view.pool.state.contains(view.tip, view.pool.transactions.maker(out));
}

bool Wallet::spendable(const View& view, OutputRef out) const {
  const TransactionStore& transactions = view.pool.transactions;
  const TxRef maker = transactions.maker(out);
  if (view.mempool.spends(out)) return false;
  if (view.mempool.has(maker)) return true;
  if (!view.pool.state.unspent_at(view.tip, out)) return false;
  if (transactions.kind(maker) != TransactionKind::coinbase) return true;
  const BlockRef block = view.pool.state.inclusion(view.tip, maker);
  if (block == view.pool.genesis()) return true;
  const std::uint32_t age = view.pool.headers.height(view.tip) + 1 - view.pool.headers.height(block);
  return age >= view.pool.rules.coinbase_maturity;
}

std::vector<OutputRef> Wallet::coins(const View& view) {
  struct Coin {
    bool pending;
    std::uint64_t amount;
    OutPoint point;
    OutputRef out;
  };
  const TransactionStore& transactions = view.pool.transactions;
  std::vector<Coin> found;
  for (const OutputRef out : transactions.outputs_of(address())) {
    const Output& output = transactions.output(out);
    if (output.record || output.amount == 0 || !spendable(view, out)) continue;
    found.push_back({!confirmed(view, out), output.amount, transactions.point(out), out});
  }
  std::sort(found.begin(), found.end(), [](const Coin& a, const Coin& b) {
    if (a.pending != b.pending) return b.pending;
    if (a.amount != b.amount) return a.amount > b.amount;
    return a.point < b.point;
  });
  std::vector<OutputRef> list;
  for (const Coin& coin : found) list.push_back(coin.out);
  return list;
}

OutputRef Wallet::record(const View& view, std::uint64_t name) {
  const TransactionStore& transactions = view.pool.transactions;
  OutputRef best;
  for (const OutputRef out : transactions.outputs_of(address())) {
    const std::optional<Record>& r = transactions.output(out).record;
    if (!r || r->name != name || !spendable(view, out)) continue;
    // Two at once: two publishers' records of one name. The choice must not depend on dense numbers.
    if (!best.valid() || transactions.point(out) < transactions.point(best)) best = out;
  }
  return best;
}

void Wallet::add_content(Transaction& tx, const Request& request, Work& work) {
  const std::uint64_t name = request.record.packed();
  std::uint64_t seed = book_.seed() ^ mix64(name);
  if (request.what == Asked::update) seed += mix64(std::uint64_t{request.number} + 1);
  Content content = declared_content(mix64(seed) | 1, std::max<std::uint32_t>(request.size, 1));
  const bool sealed = request.is_private && terms_.encrypt_private;
  if (sealed) {
    auto closed = seal_content(content, address(), entropy(request.number));
    CHECK(closed.has_value());  // our own key is a key
    content = std::move(*closed);
    work.bytes_coded += content.size();
  }
  work.bytes_hashed += content.size();
  const Record record{name, commitment(content), static_cast<std::uint32_t>(content.size()), sealed};
  tx.outputs.push_back({0, address(), record});
  tx.enclosures.push_back({0, std::move(content)});
}

bool Wallet::reseal(Transaction& tx, const View& view, OutputRef from, const PublicKey& to, Work& work) {
  const Content* stored = stored_content_of(view.pool.transactions, from);
  if (stored == nullptr) return false;
  auto content = reseal_content(*stored, key(), to, entropy(tx.number));
  if (!content) return false;
  work.bytes_coded += content->size();
  work.bytes_hashed += content->size();
  Record& record = *tx.outputs[0].record;
  record.commitment = commitment(*content);
  record.size = static_cast<std::uint32_t>(content->size());
  tx.enclosures.push_back({0, std::move(*content)});
  return true;
}

Wallet::Made Wallet::make(const Request& request, const BlockPool& pool, const BlockTree& tree, const Mempool& mempool,
                          Work& work) {
  if (!terms_.has_key) return {std::nullopt, Verdict::not_owner};
  const View view{pool, tree.tip(), mempool};
  (void)key();
  Transaction tx;
  tx.number = request.number;
  switch (request.what) {
    case Asked::publish:
      tx.kind = TransactionKind::publish;
      add_content(tx, request, work);
      return complete(std::move(tx), view, work);
    case Asked::pay:
      tx.kind = TransactionKind::pay;
      tx.outputs.push_back({std::max<std::uint64_t>(request.amount, 1), book_.public_key(request.other), std::nullopt});
      return complete(std::move(tx), view, work);
    case Asked::transfer: {
      const OutputRef from = record(view, request.record.packed());
      if (!from.valid()) return {std::nullopt, Verdict::unknown_output};
      tx.kind = TransactionKind::transfer;
      const Output& held = pool.transactions.output(from);
      const PublicKey& to = book_.public_key(request.other);
      tx.inputs.push_back({pool.transactions.point(from), address(), {}});
      tx.outputs.push_back({held.amount, to, held.record});
      if (held.record->sealed && !reseal(tx, view, from, to, work)) return {std::nullopt, Verdict::content_mismatch};
      return complete(std::move(tx), view, work);
    }
    case Asked::update:
    case Asked::erase: {
      const OutputRef from = record(view, request.record.packed());
      if (!from.valid()) return {std::nullopt, Verdict::unknown_output};
      tx.inputs.push_back({pool.transactions.point(from), address(), {}});
      if (request.what == Asked::erase) {
        tx.kind = TransactionKind::erase;
      } else {
        tx.kind = TransactionKind::update;
        add_content(tx, request, work);
        tx.outputs[0].amount = pool.transactions.output(from).amount;
      }
      return complete(std::move(tx), view, work);
    }
    case Asked::read: break;
  }
  return {std::nullopt, Verdict::malformed};  // a read writes nothing
}

Wallet::Made Wallet::complete(Transaction tx, const View& view, Work& work) {
  const TransactionStore& transactions = view.pool.transactions;
  std::uint64_t in = 0;
  std::uint64_t needed = 0;
  for (const Input& input : tx.inputs) in += transactions.output(transactions.output_at(input.spends)).amount;
  for (const Output& output : tx.outputs) needed += output.amount;
  // The fee of the finished transaction: with its change output, which is dropped where nothing comes back.
  tx.outputs.push_back({0, address(), std::nullopt});
  const auto fee = [&] { return terms_.fee_rate * wire_size(tx); };
  const std::vector<OutputRef> mine = coins(view);
  for (std::size_t i = 0; i < mine.size() && (tx.inputs.empty() || in < needed + fee()); ++i) {
    tx.inputs.push_back({transactions.point(mine[i]), address(), {}});
    in += transactions.output(mine[i]).amount;
  }
  if (tx.inputs.empty() || in < needed + fee()) return {std::nullopt, Verdict::overspend};
  tx.outputs.back().amount = in - needed - fee();
  if (tx.outputs.back().amount == 0 && tx.outputs.size() > 1) tx.outputs.pop_back();  // an erasure has no other output
  sign_inputs(tx, key());
  work.signed_ += static_cast<std::uint32_t>(tx.inputs.size());
  work.bytes_hashed += wire_size(tx);
  return {std::move(tx), Verdict::ok};
}

}  // namespace peerlab
