#include "models/protocols/coins.h"

#include <algorithm>

namespace peerlab {
namespace {

bool spendable(const BlockPool& pool, BlockRef tip, const Mempool& mempool, OutputRef out) {
  const TransactionStore& transactions = pool.transactions;
  const TxRef maker = transactions.maker(out);
  if (mempool.spends(out)) return false;
  if (mempool.has(maker)) return true;
  if (!pool.state.unspent_at(tip, out)) return false;
  if (transactions.kind(maker) != TransactionKind::coinbase) return true;
  const BlockRef block = pool.state.inclusion(tip, maker);
  if (block == pool.genesis()) return true;
  const std::uint32_t age = pool.headers.height(tip) + 1 - pool.headers.height(block);
  return age >= pool.rules.coinbase_maturity;
}

}  // namespace

std::vector<Coin> spendable_coins(const BlockPool& pool, BlockRef tip, const Mempool& mempool, const PublicKey& owner) {
  struct Found {
    bool pending;
    Coin coin;
  };
  const TransactionStore& transactions = pool.transactions;
  std::vector<Found> found;
  for (const OutputRef out : pool.live.of(owner, tip)) {
    const Output& output = transactions.output(out);
    if (output.record || output.amount == 0 || !spendable(pool, tip, mempool, out)) continue;
    const bool confirmed = pool.state.contains(tip, transactions.maker(out));
    found.push_back({!confirmed, {transactions.point(out), output.amount}});
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    if (a.pending != b.pending) return b.pending;
    if (a.coin.amount != b.coin.amount) return a.coin.amount > b.coin.amount;
    return a.coin.point < b.coin.point;
  });
  std::vector<Coin> list;
  list.reserve(found.size());
  for (const Found& f : found) list.push_back(f.coin);
  return list;
}

std::optional<Coin> first_confirmed_coin(const BlockPool& pool, BlockRef tip, const Mempool& mempool,
                                         const PublicKey& owner, std::uint64_t more_than,
                                         const std::function<bool(OutputRef)>& accepts) {
  const TransactionStore& transactions = pool.transactions;
  std::optional<Coin> first;
  for (const OutputRef out : pool.live.of(owner, tip)) {
    const Output& output = transactions.output(out);
    if (output.record || output.amount <= more_than) continue;
    if (first && output.amount < first->amount) continue;
    const Coin coin{transactions.point(out), output.amount};
    if (first && coin.amount == first->amount && first->point < coin.point) continue;
    if (!pool.state.contains(tip, transactions.maker(out)) || !spendable(pool, tip, mempool, out)) continue;
    if (accepts(out)) first = coin;
  }
  return first;
}

OutputRef spendable_record(const BlockPool& pool, BlockRef tip, const Mempool& mempool, const PublicKey& owner,
                           std::uint64_t name) {
  const TransactionStore& transactions = pool.transactions;
  OutputRef best;
  for (const OutputRef out : pool.live.of(owner, tip)) {
    const std::optional<Record>& r = transactions.output(out).record;
    if (!r || r->name != name || !spendable(pool, tip, mempool, out)) continue;
    // Two at once: two publishers' records of one name. The choice must not depend on dense numbers.
    if (!best.valid() || transactions.point(out) < transactions.point(best)) best = out;
  }
  return best;
}

}  // namespace peerlab
