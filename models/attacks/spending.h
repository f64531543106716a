// Payments that somebody makes in order to take them back.
#pragma once

#include <optional>

#include "models/node/outbox.h"
#include "models/protocols/coins.h"
#include "models/protocols/nakamoto.h"

namespace peerlab {

/// Of the goods, in smallest units: one coin lasts for many attempts.
inline constexpr std::uint64_t price_of_goods = 1;

class Spending {
 public:
  Spending(const NakamotoShared& shared, BlockPool& pool, UserId payer, UserId merchant)
      : shared_(shared), pool_(pool), payer_(payer), merchant_(merchant) {}

  /// Two transactions that spend one coin.
  struct Pair {
    OutputRef coin;
    TxRef payment;  ///< the price to the merchant, the rest back
    TxRef back;     ///< all of it back
  };
  /// Of a coin that is the payer's on the chain of `tip`, and on that of `other` if that is valid. None: he has no such coin.
  std::optional<Pair> make(BlockRef tip, BlockRef other, const Mempool& mempool, Outbox& out);

 private:
  TxRef spend(const Coin& coin, std::uint64_t to_merchant, Outbox& out);

  const NakamotoShared& shared_;
  BlockPool& pool_;
  UserId payer_;
  UserId merchant_;
  std::uint32_t made_ = 0;
};

}  // namespace peerlab
