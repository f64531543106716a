// The one copy of the state, for all nodes and all tips.
//
// Each transaction keeps the valid blocks that include it, each output the transactions that spend it. An output is
// unspent at tip T when a block that includes its maker is T or an ancestor of T and no block that includes a spender
// is. A node's state is therefore its tip's reference, and a change of branch costs nothing here.
//
// Invariants
//   1. The body and verdict of a block are set once; a block is judged after all its ancestors.
//   2. Only blocks judged ok are listed as including their transactions.
//   3. digest(b) = digest(parent) + sum of H(output) over outputs made - the same over outputs spent, modulo 2^256,
//      where H is the SHA-256 of the output's point: equal sets of unspent outputs have equal digests, whatever order
//      they came in. (It compares honest copies; as an additive hash it is no commitment against a forger.)
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/base/lookup.h"
#include "models/ledger/body_store.h"
#include "models/ledger/header_tree.h"
#include "models/ledger/refs.h"
#include "models/ledger/transaction_store.h"
#include "models/ledger/tx_set.h"
#include "models/ledger/u256.h"
#include "models/ledger/verdict.h"

namespace peerlab {

class ChainState {
 public:
  ChainState(const Rules& rules, HeaderTree& headers, TransactionStore& transactions, const BodyStore& bodies,
             BodyRef genesis);
  ChainState(const ChainState&) = delete;
  ChainState& operator=(const ChainState&) = delete;

  /// Does this body belong to this block? When it does it is remembered as the block's body. Judged on the body object
  /// every time.
  Judged bind(BlockRef block, BodyRef body);
  /// The body that was bound to a block; invalid when none was.
  [[nodiscard]] BodyRef body(BlockRef block) const {
    return block.index() < blocks_.size() ? blocks_[block.index()].body : BodyRef{};
  }

  /// All rules for a block in its place: header, shape of the body, then each transaction in order, by itself and
  /// against the state of the parent and of those before it in the block. Needs a bound body and judged ancestors.
  /// Computed once, charged always. The effort is that of the state alone; what the transactions cost by themselves
  /// depends on which of them a node has checked before: effort_of_body.
  Judged judge(BlockRef block);
  [[nodiscard]] bool judged(BlockRef block) const {
    return block.index() < blocks_.size() && blocks_[block.index()].judged;
  }
  /// The verdict of a judged block.
  Verdict verdict(BlockRef block) const { return blocks_[block.index()].verdict; }
  /// Proofs and hashing of a judged block's transactions as far as they were judged, without those in `checked_before`
  /// (a mempool).
  [[nodiscard]] Effort effort_of_body(BlockRef block, const TxSet& checked_before) const;

  // Questions about the state after a block that was judged ok.
  /// Low 64 bits go into observations; equal digests mean equal states.
  [[nodiscard]] const U256& digest(BlockRef tip) const;
  [[nodiscard]] bool unspent_at(BlockRef tip, OutputRef out) const;
  /// The block that includes `tx` in the chain of `tip`; invalid when none does.
  [[nodiscard]] BlockRef inclusion(BlockRef tip, TxRef tx) const;
  [[nodiscard]] bool contains(BlockRef tip, TxRef tx) const { return inclusion(tip, tx).valid(); }
  /// Whether `owner` has published this record in the chain of `tip`.
  [[nodiscard]] bool published(BlockRef tip, const PublicKey& owner, std::uint64_t record) const;
  /// All valid blocks that include `tx`, in dense order.
  [[nodiscard]] std::span<const BlockRef> inclusions(TxRef tx) const;

  /// May `tx` enter a mempool that stands at `tip` and holds `mempool`? Every rule of transactions, and
  /// mempool_conflict. Charges what was looked at: the state first, proofs last.
  Judged admissible(TxRef tx, BlockRef tip, const TxSet& mempool);
  /// The same for all of a list at once, where that is known of each from another node: at this tip, with all inputs confirmed and
  /// no rival anywhere. Nothing where it is not.
  [[nodiscard]] std::optional<Effort> admissible_together(std::span<const TxRef> list, BlockRef tip) const;
  /// The part of it that can change when the tip moves: inputs unspent (or made in the mempool), mature, name unused.
  /// Cheap.
  Verdict still_admissible(TxRef tx, BlockRef tip, const TxSet& mempool);
  [[nodiscard]] std::size_t memory() const;

 private:
  struct Block {
    BodyRef body;
    bool judged = false;
    Verdict verdict = Verdict::ok;
    std::uint32_t state_steps = 0;
    std::uint32_t checked = 0;  // how many of the body's transactions were judged by themselves
    Effort by_themselves;       // what that cost, when it was all of them
  };
  /// What surrounds a transaction besides the state: the ones before it in the same block, or a mempool.
  struct Around {
    const TxSet* made = nullptr;                      ///< transactions whose outputs exist as well
    const Lookup<OutputRef, TxRef>* spent = nullptr;  ///< outputs spent earlier in the block
    const TxSet* rivals = nullptr;                    ///< the mempool: transactions that must not conflict
  };
  Block& at(BlockRef block);
  Verdict judge_in_place(BlockRef block, Block& record);
  void include(BlockRef block, const Block& record);
  Verdict judge_against(TxRef tx, BlockRef tip, const Around& around, std::uint32_t& steps) const;
  Verdict judge_input(TxRef tx, std::size_t i, BlockRef tip, const Around& around) const;
  Verdict judge_records(TxRef tx, BlockRef tip, const Around& around, std::uint32_t& steps) const;
  [[nodiscard]] bool depends_on(TxRef tx, const TxSet& mempool) const;

  const Rules& rules_;
  HeaderTree& headers_;
  TransactionStore& transactions_;
  const BodyStore& bodies_;
  std::vector<Block> blocks_;
  std::vector<U256> digest_;
  std::vector<BlockRef> included_;                        // by transaction: the first valid block that includes it
  Lookup<TxRef, std::vector<BlockRef>> more_inclusions_;  // all of them, where there are two or more
  struct Admitted {
    BlockRef tip;             // the last one at which it was admissible with all inputs confirmed
    std::uint32_t steps = 0;  // that this takes
  };
  std::vector<Admitted> admitted_;  // by transaction
};

}  // namespace peerlab
