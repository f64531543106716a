// All headers that a pool has seen, linked into a tree, and the judgement of each in its place.
//
// Invariants
//   1. A header is kept once, under its id; its parent is known as soon as both are there, whatever came first.
//   2. Height, work and skip pointers are set exactly for the headers that are linked to the genesis block.
//   3. A verdict is a pure function of the header and its ancestors: once reached it never changes. It says nothing
//      about local time (`too_far_ahead` is asked for apart), and it is never reached for a header that is not linked.
//
// The tree never tells who has received what: each node has its own sets (BlockTree).
#pragma once

#include <cstdint>
#include <vector>

#include "models/base/bits.h"
#include "models/base/lookup.h"
#include "models/ledger/header.h"
#include "models/ledger/refs.h"
#include "models/ledger/rules.h"
#include "models/ledger/target.h"
#include "models/ledger/verdict.h"

namespace peerlab {

class HeaderTree {
 public:
  static constexpr std::uint32_t no_height = 0xffffffff;

  /// `genesis` becomes block 0; it is not judged.
  HeaderTree(const Rules& rules, const Header& genesis);

  /// The reference of a header, made when it is new. Costs one double hash; anything may be interned.
  BlockRef intern(const Header& header);
  /// The reference of an id, or an invalid one.
  [[nodiscard]] BlockRef find(const Hash256& id) const;
  /// The reference of an id whose header may not have been seen yet: a bare name, which `intern` fills later.
  BlockRef refer(const Hash256& id);
  /// True when the header itself is here, not a bare name.
  [[nodiscard]] bool present(BlockRef b) const { return present_.has(b.value); }

  [[nodiscard]] BlockRef genesis() const { return BlockRef(0); }
  /// How many references there are, bare names included.
  [[nodiscard]] std::size_t size() const { return headers_.size(); }
  [[nodiscard]] const Header& header(BlockRef b) const { return headers_[b.index()]; }
  [[nodiscard]] const Hash256& id(BlockRef b) const { return ids_[b.index()]; }
  /// Short name of a block that is the same on every machine: for happenings and digests.
  [[nodiscard]] std::uint64_t name(BlockRef b) const { return names_[b.index()]; }
  /// The previous block; invalid for the genesis block and while it is unknown to the pool.
  [[nodiscard]] BlockRef parent(BlockRef b) const { return parent_[b.index()]; }
  /// Distance from the genesis block, or no_height while not linked.
  [[nodiscard]] std::uint32_t height(BlockRef b) const { return height_[b.index()]; }
  [[nodiscard]] bool linked(BlockRef b) const { return height_[b.index()] != no_height; }
  /// Cumulative work up to and with this block. Needs a linked block.
  [[nodiscard]] const U256& work(BlockRef b) const { return work_[b.index()]; }

  /// The ancestor at `height` (itself when it is its own height). Needs a linked block and height <= height(b).
  /// O(1) on the favoured chain, O(log n) elsewhere.
  [[nodiscard]] BlockRef ancestor(BlockRef b, std::uint32_t height) const;
  /// True when `a` is `b` or an ancestor of it. Both linked. O(1) when b is on the favoured chain.
  [[nodiscard]] bool is_ancestor(BlockRef a, BlockRef b) const {
    const std::uint32_t h = height_[a.index()];
    if (h > height_[b.index()]) return false;
    return on_favoured(b) ? favoured_[h] == a : ancestor(b, h) == a;
  }
  /// The last block that both chains share. Both linked.
  [[nodiscard]] BlockRef fork(BlockRef a, BlockRef b) const;

  /// Judges a header in its place: previous_invalid, bad_target, bad_proof_of_work, too_early. Needs a linked block;
  /// computed once, charged always.
  Judged judge(BlockRef b);
  /// What a header says about itself: bits are a target within the limit, and the hash meets it. For orphans. Needs a
  /// header that is present; computed once, charged always.
  Judged judge_alone(BlockRef b);
  /// True when the time is further ahead of a node's clock than the rules allow.
  [[nodiscard]] bool too_far_ahead(BlockRef b, Time now) const;

  /// The bits that a child of `parent` must have.
  [[nodiscard]] std::uint32_t next_bits(BlockRef parent) const;
  /// Median time of `b` and its ancestors, as many as the rules say: a child's time must be above.
  [[nodiscard]] std::uint32_t median_time(BlockRef b) const;

  [[nodiscard]] const Rules& rules() const { return rules_; }
  [[nodiscard]] std::size_t memory() const;

 private:
  [[nodiscard]] bool on_favoured(BlockRef b) const {
    const std::uint32_t h = height_[b.index()];
    return h < favoured_.size() && favoured_[h] == b;
  }
  void link(BlockRef b);
  void favour(BlockRef tip);
  [[nodiscard]] Verdict look_at(BlockRef b) const;
  enum class Known : std::uint8_t { not_judged, judged };

  Rules rules_;
  // One entry per block, one array per question.
  std::vector<std::uint32_t> height_;
  std::vector<BlockRef> parent_;
  std::vector<BlockRef> skip_;
  std::vector<std::uint64_t> names_;
  std::vector<U256> work_;
  std::vector<Known> known_;
  std::vector<Verdict> verdict_;
  std::vector<Known> known_alone_;
  std::vector<Verdict> verdict_alone_;
  std::vector<Hash256> ids_;
  std::vector<Header> headers_;
  Bits present_;
  Lookup<Hash256, BlockRef> by_id_;
  Lookup<Hash256, std::vector<BlockRef>> waiting_;  // children by the id of a parent that is not linked or not there
  std::vector<BlockRef> favoured_;                  // by height: the valid chain with the most work, for speed alone
  std::uint32_t last_bits_ = 0;                     // work_of(last_bits_) is last_work_: most headers share their bits
  U256 last_work_;
};

}  // namespace peerlab
