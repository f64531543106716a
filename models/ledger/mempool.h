// The transactions that one node holds for the next block: a set of bits and a few numbers.
//
// Rules: a transaction enters when it would be valid in the next block, its inputs being unspent outputs of the chain
// or outputs of others in the mempool. Of two that spend the same output the first stays. When the limit is passed,
// the ones that pay least per byte go, each with all that depend on it, until fifteen sixteenths of the limit are left
// (in one sweep, so that a full mempool does not sort for every arrival). A reorganisation brings the transactions of
// the abandoned blocks back and drops what the new chain makes impossible.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/ledger/pool.h"
#include "models/ledger/tx_set.h"

namespace peerlab {

class Mempool {
 public:
  /// `limit` in bytes of encoded transactions.
  Mempool(BlockPool& pool, std::uint64_t limit) : pool_(&pool), limit_(limit) {}

  [[nodiscard]] bool has(TxRef tx) const { return set_.has(tx); }
  [[nodiscard]] const TxSet& set() const { return set_; }
  [[nodiscard]] std::size_t size() const { return set_.size(); }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

  /// Judges and adds. already_known when it is here or in the chain of `tip`; mempool_full when it would have to go at
  /// once.
  Judged add(TxRef tx, BlockRef tip);
  /// All of a list at once, `mask` and `bytes` being the same list: where it is already known that each is admissible and there is room
  /// for all. Otherwise nothing, and nothing has changed. Returns what judging them costs.
  std::optional<Effort> add_together(std::span<const TxRef> list, std::span<const MaskWord> mask, std::uint64_t bytes,
                                     BlockRef tip);
  /// The tip moved: takes out what `connected` (rising) confirms or makes impossible, brings back what `disconnected`
  /// held.
  void moved(BlockRef tip, std::span<const BlockRef> disconnected, std::span<const BlockRef> connected);
  /// Forgets everything.
  void clear();

  /// Transactions for the next block, at most `room` bytes together: again and again the best paying one that fits and
  /// whose inputs are confirmed or made by one chosen before.
  [[nodiscard]] std::vector<TxRef> select(std::uint64_t room) const;
  /// True when a transaction here spends `out`.
  [[nodiscard]] bool spends(OutputRef out) const;
  /// All members, best paying first.
  [[nodiscard]] std::vector<TxRef> sorted() const;

 private:
  /// Calls f for each input here that spends an output of `tx`.
  template <class F>
  void each_dependant(TxRef tx, F&& f) const;
  void remove_with_dependants(TxRef tx);
  void drop_rivals(TxRef confirmed);
  void drop_impossible(BlockRef tip);
  void shrink();

  BlockPool* pool_;
  std::uint64_t limit_;
  std::uint64_t bytes_ = 0;
  TxSet set_;
};

}  // namespace peerlab
