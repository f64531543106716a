// Making a block: choose transactions, take subsidy and fees, fill up to a declared size, and really solve the nonce.
#pragma once

#include <cstdint>
#include <vector>

#include "models/ledger/block.h"
#include "models/ledger/mempool.h"

namespace peerlab {

struct Assembly {
  BlockRef tip;                   ///< what the block is built on; judged ok
  PublicKey owner;                ///< who is paid
  Time now;                       ///< gives the header its time, or one second above the median where that is later
  std::uint32_t header_time = 0;  ///< Unix seconds in its place; 0: by `now`. The rules' bounds are the caller's affair
  std::uint32_t extra = 0;  ///< free part of the coinbase's number: makes blocks of one owner at one height differ
  std::uint32_t fill_to =
      0;  ///< bytes of the finished block: the coinbase carries declared padding up to there; 0: none
  std::uint32_t size_limit = 0;  ///< bytes that the miner is willing to make; 0: the rules' limit
};

struct Assembled {
  Block block;    ///< interned and bound; still to be offered to the miner's own tree
  Effort effort;  ///< hashes tried, bytes hashed
  std::uint64_t fees = 0;
};

/// A block on `from.tip` with what `mempool` holds. Every rule is kept by construction.
Assembled assemble_block(BlockPool& pool, const Mempool& mempool, const Assembly& from);
/// The same with exactly these transactions, in this order, each valid after `from.tip` and those before it.
Assembled assemble_block(BlockPool& pool, std::vector<TxRef> list, const Assembly& from);
/// How many bytes of transactions there is room for.
std::uint64_t room_for_transactions(const BlockPool& pool, const Assembly& from);
/// Finds the first nonce, from the header's own on, that meets its bits; the time rises by a second when all 2^32
/// fail. Returns how many hashes that took.
std::uint64_t solve(Header& header);

}  // namespace peerlab
