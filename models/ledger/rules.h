// The rules of one chain, as a struct: each has a default, a unit and a sentence.
#pragma once

#include <cstdint>

#include "models/base/time.h"
#include "models/ledger/u256.h"

namespace peerlab {

struct Rules {
  // The chain of headers.
  U256 pow_limit = U256::one_bit(255) - U256(1);  ///< easiest allowed target
  std::uint32_t genesis_bits = 0x200fffff;        ///< compact target of the first block: 16 expected hashes
  Duration spacing = seconds(600);                ///< wanted time between blocks
  std::uint32_t retarget_interval = 0;            ///< blocks between changes of the target; 0: never changes
  std::uint32_t retarget_factor = 4;              ///< one change is at most by this factor, either way
  std::uint32_t median_span = 11;                 ///< a block's time must exceed the median of that many before it
  Duration max_future = hours(2);                 ///< how far a block's time may run ahead of the local clock
  std::uint32_t epoch = 1'231'006'505;  ///< Unix time in seconds at simulated time zero (default: Bitcoin's genesis)

  // Blocks and transactions.
  std::uint32_t block_size_limit = 4'000'000;        ///< bytes of an encoded block, header included
  std::uint32_t transaction_size_limit = 1'000'000;  ///< bytes of an encoded transaction other than a coinbase
  std::uint64_t subsidy = 5'000'000'000;             ///< new coins per block at first, in smallest units
  std::uint32_t halving_interval = 210'000;          ///< blocks between halvings of the subsidy; 0: never
  std::uint32_t coinbase_maturity = 100;  ///< blocks until a coinbase output may be spent (genesis outputs: at once)
  std::uint64_t money_limit =
      2'100'000'000'000'000;  ///< no amount and no sum of amounts may exceed it, in smallest units

  /// Bitcoin's rules for headers: limit 0x1d00ffff, 600 s, 2016 blocks.
  static Rules bitcoin_mainnet();

  /// New coins that block `height` may create.
  [[nodiscard]] std::uint64_t subsidy_at(std::uint32_t height) const;
  /// Unix seconds at a simulated instant: header times are whole seconds.
  [[nodiscard]] std::uint32_t clock(Time now) const {
    return epoch + static_cast<std::uint32_t>(now.ns / 1'000'000'000);
  }
};

}  // namespace peerlab
