// An append-only Merkle tree, as certificate transparency has it: who keeps its head can be shown what is in it, and that nothing was
// taken back.
//
// The tree is that of RFC 6962 (Laurie, Langley and Kasper 2013), section 2.1: a leaf is hashed behind a zero byte, an inner node behind
// a one, and a tree of n leaves splits at the largest power of two below n. So a list has one root, no list has the root of another,
// and no leaf can be taken for a node.
//
//   inclusion    the hashes beside the way from a leaf to the root: about log2(n) of them
//   consistency  the subtrees that the tree of m leaves and that of n have in common, and what came to them
//
// Invariant: level k holds the hashes of all complete subtrees of 2^k leaves, from the left. An append costs two hashes on average, a root
// or a proof up to log2(n)^2 / 2. How proofs are checked is RFC 9162, sections 2.1.3.2 and 2.1.4.2: a hash for each step.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/base/bytes.h"
#include "models/node/work.h"

namespace peerlab {

/// The hash of a leaf that says `data`.
Hash256 audit_leaf(ByteView data);
/// The hash of a node above two others.
Hash256 audit_node(const Hash256& left, const Hash256& right);
/// Bytes hashed for a node.
inline constexpr std::uint64_t audit_node_bytes = 65;

class AuditTree {
 public:
  void append(const Hash256& leaf, Work& work);
  /// Puts another leaf in the place of one. An honest log never does.
  void replace(std::uint32_t index, const Hash256& leaf);

  [[nodiscard]] std::uint32_t size() const {
    return levels_.empty() ? 0 : static_cast<std::uint32_t>(levels_.front().size());
  }
  [[nodiscard]] const Hash256& leaf(std::uint32_t index) const { return levels_.front()[index]; }
  /// Of all leaves; the hash of nothing for an empty tree.
  [[nodiscard]] Hash256 root() const;
  /// That leaf `index` is in the tree. index < size().
  [[nodiscard]] std::vector<Hash256> inclusion(std::uint32_t index) const;
  /// That the tree begins with what it was when it had `before` leaves. Empty when that is none of them, or all. before <= size().
  [[nodiscard]] std::vector<Hash256> consistency(std::uint32_t before) const;

 private:
  [[nodiscard]] Hash256 over(std::uint32_t first, std::uint32_t count) const;
  void path(std::uint32_t index, std::uint32_t first, std::uint32_t count, std::vector<Hash256>& out) const;
  void shared(std::uint32_t before, std::uint32_t first, std::uint32_t count, bool whole,
              std::vector<Hash256>& out) const;

  std::vector<std::vector<Hash256>> levels_;
};

/// Whether `path` shows that `leaf` stands at `index` in the tree of `size` leaves with this root.
[[nodiscard]] bool is_included(const Hash256& leaf, std::uint32_t index, std::uint32_t size,
                               std::span<const Hash256> path, const Hash256& root, Work& work);
/// Whether `path` shows that the tree of `size` leaves begins with that of `before`. Before nothing there is nothing to show.
[[nodiscard]] bool is_continued(std::uint32_t before, const Hash256& root_before, std::uint32_t size,
                                const Hash256& root, std::span<const Hash256> path, Work& work);

}  // namespace peerlab
