// What one node has of the tree of blocks, and the chain it stands on.
//
// Rules of fork choice: among the chains whose bodies are all here and that break no rule, the one with the most work;
// of equals the one that was complete first. A body is judged in its place only when its chain would win, a block that
// fails takes all its descendants with it, and the node stays on the best chain that is left.
//
// Invariants
//   1. have_header(b) implies that b is valid as a header and that its parent's header is here too.
//   2. complete(b): b and all its ancestors have header and body here. The tip is complete, judged ok, and no complete
//      chain without a known invalid block has more work.
//   3. Everything here came through offer_header and offer_body: the pool's knowledge of others never shows.
//
// Headers whose parent is missing wait (at most `max_orphans`, the oldest goes first), and so do their bodies. The
// order of waiting is the order of arrival at this node.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/base/thin_vector.h"
#include "models/ledger/block_marks.h"
#include "models/ledger/pool.h"
#include "models/ledger/tx_set.h"

namespace peerlab {

class BlockTree {
 public:
  static constexpr std::size_t max_orphans = 64;

  explicit BlockTree(BlockPool& pool);

  [[nodiscard]] bool have_body(BlockRef b) const { return marks_.has(b.value, BlockMarks::body); }
  [[nodiscard]] bool have_header(BlockRef b) const { return marks_.has(b.value, BlockMarks::header); }
  /// All bodies up to this block are here.
  [[nodiscard]] bool complete(BlockRef b) const { return marks_.has(b.value, BlockMarks::complete); }
  /// Known here to break a rule, or to descend from a block that does.
  [[nodiscard]] bool invalid(BlockRef b) const;

  [[nodiscard]] BlockRef tip() const { return tip_; }
  /// The header with the most work that is not known to be invalid; of equals the first seen.
  [[nodiscard]] BlockRef best_header() const { return best_header_; }

  /// A header came. ok: it is in its place now. unknown_previous: it waits for its parent, which should be asked for.
  /// already_known, too_far_ahead (forgotten, ask again later), or a fault of the sender. Orphans that fit now follow
  /// by themselves.
  Judged offer_header(BlockRef b, Time now);

  using Refused = RefusedBlock;
  /// What a body changed. The spans live until the next call of offer_body on any tree of this pool.
  struct Outcome {
    Verdict verdict = Verdict::ok;  ///< of the offered block, as far as it was judged
    Effort effort;
    std::span<const BlockRef> disconnected;  ///< from the old tip down
    std::span<const BlockRef> connected;     ///< from the fork up to the new tip
    std::span<const Refused> refused;  ///< blocks found invalid now; their descendants are invalid too, not listed
    [[nodiscard]] bool moved() const { return !connected.empty(); }
  };
  /// A body came for a header that was offered before. Verdicts: ok (held; the tip may have moved), already_known,
  /// bad_merkle_root and merkle_mutated (the sender's fault alone), previous_invalid, or the rule that the block
  /// breaks. A body whose ancestors are missing is held and ok; the header may be an orphan that waits.
  /// unknown_previous: the header is not here. Transactions in `checked_before` (the mempool) are not charged again.
  Outcome offer_body(BlockRef b, BodyRef body, const TxSet& checked_before);

  /// Goes over to `rival`, whose chain is complete here and has as much work as the tip's: for tie rules other than the first seen.
  /// Nothing moves when it is no such rival, or breaks a rule.
  Outcome change_to(BlockRef rival, const TxSet& checked_before);

  /// Blocks on the way to the best header whose bodies are not here, lowest first, at most `most`; appended to `out`.
  /// Which of them were asked for already is the caller's business.
  void missing_bodies(std::size_t most, std::vector<BlockRef>& out) const;
  /// Blocks on the best header's chain, from it back at growing distances to the genesis block: what to send in
  /// get_headers.
  [[nodiscard]] std::vector<BlockRef> locator() const;
  /// Answer to a locator: the first of `theirs` on our best header chain, then up to `most` headers after it; appended
  /// to `out`.
  void headers_after(std::span<const Hash256> theirs, std::size_t most, std::vector<BlockRef>& out) const;
  /// Headers that wait for a parent, in order of arrival.
  [[nodiscard]] std::span<const BlockRef> orphans() const { return orphans_; }
  /// The bodies that came, for whoever brings them: the tree itself never looks at this mark.
  [[nodiscard]] BlockMarks::Plane came() { return marks_.plane(BlockMarks::came); }
  [[nodiscard]] bool came(BlockRef b) const { return marks_.has(b.value, BlockMarks::came); }
  [[nodiscard]] std::size_t memory() const;

 private:
  /// Puts a header that is not an orphan into its place, or says why not.
  Verdict place(BlockRef b, Time now);
  void place_orphans(Time now);
  void drop_oldest_orphan();
  /// Why a block that is known to be invalid is invalid.
  [[nodiscard]] Verdict reason(BlockRef b);
  /// Moves `b`, whose body has just come, and what has become complete with it from `pending_` to the pool's `scratch.fresh`.
  void complete_with(BlockRef b);
  /// Goes to the best of the tip and what is fresh.
  void choose(const TxSet& checked_before, Outcome& outcome);
  /// Moves the tip to `best`, whose path is judged.
  void go_to(BlockRef best, Outcome& outcome);
  void begin_outcome();
  /// Judges the blocks from the fork up to `best`; false, and the culprit condemned, when one breaks a rule.
  bool judge_path(BlockRef best, const TxSet& checked_before, Outcome& outcome);
  /// Marks a block and all its descendants here as invalid.
  void condemn(BlockRef b);

  BlockMarks marks_;
  BlockPool* pool_;
  BlockRef tip_;
  BlockRef best_header_;
  // Nearly always empty.
  ThinVector<BlockRef> orphans_;  // headers without their parent, in order of arrival
  ThinVector<BlockRef> pending_;  // bodies that are not complete, in order of arrival
  ThinVector<BlockRef> invalid_;  // sorted by reference
};

}  // namespace peerlab
