// The first block: it funds every user, so that a run can begin with payments.
#pragma once

#include <cstdint>
#include <vector>

#include "models/crypto/keys.h"
#include "models/ledger/header.h"
#include "models/ledger/rules.h"
#include "models/ledger/transaction.h"

namespace peerlab {

/// Coins that exist from the start.
struct Allotment {
  PublicKey owner;
  std::uint64_t amount = 0;  ///< of each coin, in smallest units
  std::uint32_t coins = 1;   ///< how many outputs of that amount: how many operations may be under way at once
};

struct Genesis {
  std::vector<Allotment> allotments;
  std::uint32_t number = 0;  ///< free: makes chains of different runs differ
};

/// The only transaction of the genesis block: a coinbase at height 0. Its outputs may be spent at once.
Transaction genesis_transaction(const Genesis& genesis);
/// Its header, with a nonce that meets the rules' genesis bits, at the time of the rules' epoch.
Header genesis_header(const Rules& rules, const Hash256& merkle_root);

}  // namespace peerlab
