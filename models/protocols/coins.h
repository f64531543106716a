// What a user can spend, as one node sees the ledger.
//
// An output can be spent when it is unspent in the node's chain (a miner's only when it is mature), or made by a transaction in the
// node's mempool (the user's own change, a payment not confirmed yet), and nothing in the mempool spends it. Coins are taken
// confirmed ones first, then the largest, then by txid; never by dense number.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "models/ledger/mempool.h"
#include "models/ledger/pool.h"

namespace peerlab {

/// A plain output: no record in it.
struct Coin {
  OutPoint point;
  std::uint64_t amount = 0;
  friend bool operator==(const Coin&, const Coin&) = default;
};

/// All coins of `owner`, in the order in which they are taken.
std::vector<Coin> spendable_coins(const BlockPool& pool, BlockRef tip, const Mempool& mempool, const PublicKey& owner);

/// The first coin in that order which is confirmed, worth more than `more_than` and accepted; what
/// `spendable_coins` finds, without collecting all the others: for who has thousands.
std::optional<Coin> first_confirmed_coin(const BlockPool& pool, BlockRef tip, const Mempool& mempool,
                                         const PublicKey& owner, std::uint64_t more_than,
                                         const std::function<bool(OutputRef)>& accepts);

/// The output with the record `name` that `owner` can spend; invalid when there is none.
OutputRef spendable_record(const BlockPool& pool, BlockRef tip, const Mempool& mempool, const PublicKey& owner,
                           std::uint64_t name);

}  // namespace peerlab
