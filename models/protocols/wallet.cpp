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

bool Wallet::reseal(Transaction& tx, const Means::Held& held, const PublicKey& to, Work& work) {
  if (held.content == nullptr) return false;
  auto content = reseal_content(*held.content, key(), to, entropy(tx.number));
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
  Means means;
  if (request.what != Asked::publish && request.what != Asked::pay) {
    const OutputRef from = spendable_record(pool, tree.tip(), mempool, address(), request.record.packed());
    if (!from.valid()) return {std::nullopt, Verdict::unknown_output};
    const TransactionStore& transactions = pool.transactions;
    means.held = {transactions.point(from), transactions.output(from), stored_content_of(transactions, from)};
  }
  means.coins = spendable_coins(pool, tree.tip(), mempool, address());
  return make(request, means, work);
}

Wallet::Made Wallet::make(const Request& request, const Means& means, Work& work) {
  if (!terms_.has_key) return {std::nullopt, Verdict::not_owner};
  (void)key();
  Transaction tx;
  tx.number = request.number;
  std::uint64_t in = 0;
  if (means.held) {
    tx.inputs.push_back({means.held->point, address(), {}});
    in = means.held->output.amount;
  }
  switch (request.what) {
    case Asked::publish:
      tx.kind = TransactionKind::publish;
      add_content(tx, request, work);
      break;
    case Asked::pay:
      tx.kind = TransactionKind::pay;
      tx.outputs.push_back({std::max<std::uint64_t>(request.amount, 1), book_.public_key(request.other), std::nullopt});
      break;
    case Asked::transfer: {
      const PublicKey& to = book_.public_key(request.other);
      tx.kind = TransactionKind::transfer;
      tx.outputs.push_back({in, to, means.held->output.record});
      if (means.held->output.record->sealed && !reseal(tx, *means.held, to, work)) {
        return {std::nullopt, Verdict::content_mismatch};
      }
      break;
    }
    case Asked::update:
      tx.kind = TransactionKind::update;
      add_content(tx, request, work);
      tx.outputs[0].amount = in;
      break;
    case Asked::erase: tx.kind = TransactionKind::erase; break;
    case Asked::read: return {std::nullopt, Verdict::malformed};  // a read writes nothing
  }
  return complete(std::move(tx), in, means, work);
}

Wallet::Made Wallet::complete(Transaction tx, std::uint64_t in, const Means& means, Work& work) {
  std::uint64_t needed = 0;
  for (const Output& output : tx.outputs) needed += output.amount;
  // The fee of the finished transaction: with its change output, which is dropped where nothing comes back.
  tx.outputs.push_back({0, address(), std::nullopt});
  const auto fee = [&] { return terms_.fee_rate * wire_size(tx); };
  for (std::size_t i = 0; i < means.coins.size() && (tx.inputs.empty() || in < needed + fee()); ++i) {
    tx.inputs.push_back({means.coins[i].point, address(), {}});
    in += means.coins[i].amount;
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
