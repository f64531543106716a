// A Mempool that is made when something may enter: in many large worlds nobody ever pays or writes anything. What it does, and by
// which rules, says mempool.h.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "models/ledger/mempool.h"

namespace peerlab {

class LateMempool {
 public:
  LateMempool(BlockPool& pool, std::uint64_t limit) : pool_(&pool), limit_(limit) {}
  /// For who asks more of it than what stands below.
  operator const Mempool&() const { return made(); }  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has(TxRef tx) const { return mempool_ != nullptr && mempool_->has(tx); }
  [[nodiscard]] const TxSet& set() const {
    static const TxSet none;
    return mempool_ == nullptr ? none : mempool_->set();
  }
  [[nodiscard]] std::size_t size() const { return mempool_ == nullptr ? 0 : mempool_->size(); }
  [[nodiscard]] std::uint64_t bytes() const { return mempool_ == nullptr ? 0 : mempool_->bytes(); }

  Judged add(TxRef tx, BlockRef tip) { return made().add(tx, tip); }
  std::optional<Effort> add_together(std::span<const TxRef> list, std::span<const MaskWord> mask, std::uint64_t bytes,
                                     BlockRef tip) {
    return made().add_together(list, mask, bytes, tip);
  }
  void moved(BlockRef tip, std::span<const BlockRef> disconnected, std::span<const BlockRef> connected) {
    if (mempool_ != nullptr || !disconnected.empty()) made().moved(tip, disconnected, connected);
  }
  [[nodiscard]] std::vector<TxRef> select(std::uint64_t room) const { return made().select(room); }
  [[nodiscard]] std::vector<TxRef> sorted() const { return made().sorted(); }

 private:
  Mempool& made() const {
    if (mempool_ == nullptr) mempool_ = std::make_unique<Mempool>(*pool_, limit_);
    return *mempool_;
  }
  BlockPool* pool_;
  std::uint64_t limit_;
  mutable std::unique_ptr<Mempool> mempool_;
};

}  // namespace peerlab
