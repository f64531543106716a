// The outputs of an owner that may be unspent, without those that were spent long ago.
//
// Whoever has used a key for long has thousands of outputs, nearly all of them spent. So that a wallet need not look through
// all of them for each payment, those are left out that were spent on the way to a block which lies `settled` blocks below a tip that
// somebody asked about: at that block's descendants they stay spent for ever. Asked about another branch, it gives all.
//
// Invariant: what is left out for an owner is spent in the chain of the block that was noted with it. Cost: of a question,
// one look for each output made since the last sweep and each that is left; a sweep comes when they have doubled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/base/lookup.h"
#include "models/ledger/chain_state.h"
#include "models/ledger/header_tree.h"
#include "models/ledger/transaction_store.h"

namespace peerlab {

class LiveOutputs {
 public:
  static constexpr std::uint32_t settled =
      12;  ///< blocks below the tip: who stands further back, or on another branch, looks through all
  static constexpr std::size_t few = 32;  ///< fewer outputs than these are never swept

  LiveOutputs(const TransactionStore& transactions, const HeaderTree& headers, const ChainState& state)
      : transactions_(transactions), headers_(headers), state_(state) {}

  /// Outputs of `owner`, among them all that are unspent in the chain of `tip`, which was judged ok, or were made by no
  /// transaction of it. In no order that may be seen. The span lives until the next question.
  [[nodiscard]] std::span<const OutputRef> of(const PublicKey& owner, BlockRef tip) const;

 private:
  struct Kept {
    BlockRef root;          ///< what is left out was spent at or before this block; invalid: nothing is left out
    std::size_t seen = 0;   ///< how many of the owner's outputs were looked at
    std::size_t swept = 0;  ///< how many were left after the last sweep
    std::vector<OutputRef> left;
  };
  void sweep(Kept& kept, BlockRef tip) const;

  const TransactionStore& transactions_;
  const HeaderTree& headers_;
  const ChainState& state_;
  mutable Lookup<PublicKey, Kept> kept_;  ///< of those who have many: memory that changes speed alone
};

}  // namespace peerlab
