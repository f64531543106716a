#include "models/attacks/spending.h"

namespace peerlab {
namespace {

constexpr std::uint64_t first_number = 0xf000'0000;  ///< of his transactions: beyond those of any workload

}  // namespace

std::optional<Spending::Pair> Spending::make(BlockRef tip, BlockRef other, const Mempool& mempool, Outbox& out) {
  // Worth two fees and the price, whatever the fee rate: no transaction of these is as long as a kilobyte.
  const std::uint64_t needed = price_of_goods + 1000 * shared_.options.fee_rate;
  const auto on_the_other_too = [&](OutputRef coin) { return !other.valid() || pool_.state.unspent_at(other, coin); };
  const std::optional<Coin> coin =
      first_confirmed_coin(pool_, tip, mempool, shared_.book->public_key(payer_), needed, on_the_other_too);
  if (!coin) return std::nullopt;
  const TxRef payment = spend(*coin, price_of_goods, out);
  const TxRef back = spend(*coin, 0, out);
  return Pair{pool_.transactions.output_at(coin->point), payment, back};
}

TxRef Spending::spend(const Coin& coin, std::uint64_t to_merchant, Outbox& out) {
  Transaction tx;
  tx.kind = TransactionKind::pay;
  tx.number = first_number + made_++;
  tx.inputs.push_back({coin.point, shared_.book->public_key(payer_), {}});
  if (to_merchant > 0) tx.outputs.push_back({to_merchant, shared_.book->public_key(merchant_), std::nullopt});
  tx.outputs.push_back({coin.amount - to_merchant, shared_.book->public_key(payer_), std::nullopt});
  tx.outputs.back().amount -= shared_.options.fee_rate * wire_size(tx);
  sign_inputs(tx, shared_.book->key_pair(payer_));
  ++out.work.signed_;
  out.work.bytes_hashed += wire_size(tx);
  return pool_.transactions.intern(std::move(tx));
}

}  // namespace peerlab
