// That a transaction is in a block, shown to somebody who has only the block's header (Nakamoto 2008, section 8).
//
// The branch holds, from the leaves up, the hash beside the way from the transaction to the root; the bits of its place say on
// which side. An odd last node is paired with itself, so its neighbour is its own hash, but only ever on its right: a proof that
// goes up from the right of two equal hashes speaks of the tail that CVE-2012-2459 repeats, and is refused. So each place
// of a block has one proof, and no place beyond its end has any.
//
// What the construction cannot tell apart is a transaction of exactly 64 bytes from an inner node (CVE-2017-12842): who asks about
// such a one must not believe a proof.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/base/bytes.h"

namespace peerlab {

struct MerkleProof {
  std::uint32_t place = 0;      ///< of the transaction in its block
  std::vector<Hash256> branch;  ///< from the leaves up
  friend bool operator==(const MerkleProof&, const MerkleProof&) = default;
};

inline constexpr std::size_t most_branch = 24;  ///< no block has more than 2^24 transactions

/// The proof for place `place` of the block with these ids. Costs as much as the root: n - 1 double hashes.
MerkleProof merkle_proof(std::vector<Hash256> ids, std::uint32_t place);

/// Whether the proof shows that `id` stands at its place below `root`. Costs a double hash of 64 bytes for each step.
[[nodiscard]] bool leads_to_root(const MerkleProof& proof, const Hash256& id, const Hash256& root);

}  // namespace peerlab
