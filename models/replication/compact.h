// Compact blocks: a block as the short ids of its transactions, because the receiver has most of them (BIP 152).
//
// A short id is the low 48 bits of SipHash-2-4 of the transaction id, keyed by the SHA-256 of header and nonce, so that nobody can make
// two transactions collide for everybody. The coinbase travels whole. The receiver looks for every short id in its mempool: a place that
// two of its transactions fit is treated as missing, and a wrong guess shows in the merkle root.
//
// Shortcut. Computing short ids of the whole mempool again on every node costs 20 ns each. A ShortIdTable computes them once
// for all transactions of a pool and remembers only the rivals: transactions that are not in the block and fit a place. A
// node then needs the difference of two sets and a look at the rivals, usually none. `rebuild` without a table is the definition, and
// the test's twin.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "models/ledger/pool.h"
#include "models/replication/flat_index.h"

namespace peerlab {

/// A transaction that travels whole.
struct Prefilled {
  std::uint32_t place = 0;
  TxRef tx;
  friend bool operator==(const Prefilled&, const Prefilled&) = default;
};

/// The key of short ids.
struct ShortIdKey {
  std::uint64_t k0 = 0, k1 = 0;
  std::uint64_t mask = 0xffffffffffff;  ///< 48 bits; fewer only in tests, to make collisions likely
  static ShortIdKey of(const Header& header, std::uint64_t nonce);
  [[nodiscard]] std::uint64_t short_id(const Hash256& txid) const;
};

struct CompactBlock {
  BlockRef block;
  std::uint64_t nonce = 0;
  std::vector<std::uint64_t> short_ids;  ///< of the transactions that are not prefilled, in the order of the block
  std::vector<Prefilled> prefilled;      ///< by rising place
  ShortIdKey key;
  [[nodiscard]] std::size_t transactions() const { return short_ids.size() + prefilled.size(); }
};

/// The compact form of a block with a bound body. The nonce is a function of the block, so that all relays may share one form.
std::shared_ptr<const CompactBlock> make_compact(const BlockPool& pool, BlockRef block,
                                                 std::uint64_t mask = 0xffffffffffff);

/// What a receiver could put together.
struct Rebuilt {
  std::vector<TxRef> list;             ///< in the order of the block; invalid where missing
  std::vector<std::uint32_t> missing;  ///< places, rising
};

class ShortIdTable {
 public:
  ShortIdTable(const BlockPool& pool, std::shared_ptr<const CompactBlock> compact);
  [[nodiscard]] const std::shared_ptr<const CompactBlock>& compact() const { return compact_; }
  /// The same as rebuild(pool, *compact, mempool), faster.
  Rebuilt rebuild(const BlockPool& pool, const TxSet& mempool);

 private:
  void look_at(const BlockPool& pool, const TxSet& mempool);
  struct Rival {
    std::uint32_t place;
    TxRef tx;
  };
  std::shared_ptr<const CompactBlock> compact_;
  FlatIndex place_of_;                // short id -> place; the first where the block itself has twins
  std::vector<std::uint32_t> twins_;  // places whose short id occurs twice in the block: never filled
  std::vector<Rival> rivals_;         // transactions with the short id of one of the block
  TxSet seen_;  // the block's own, and all of the mempools so far: rivals_ has the rivals among them
};

/// Rebuilds from the mempool by the definition.
Rebuilt rebuild(const BlockPool& pool, const CompactBlock& compact, const TxSet& mempool);

/// The short id tables of the latest blocks of one pool.
class CompactCache {
 public:
  /// The table of a block with a bound body, made when it is new.
  ShortIdTable& table(const BlockPool& pool, BlockRef block);
  /// The table that belongs to exactly this compact form, or nullptr: somebody else's form is rebuilt by the definition.
  ShortIdTable* table_of(const CompactBlock& compact);

 private:
  static constexpr std::size_t most = 32;
  std::vector<std::unique_ptr<ShortIdTable>> tables_;  // the latest last
};

}  // namespace peerlab
