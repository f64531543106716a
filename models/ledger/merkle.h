// The merkle root of a block's transaction ids, and the flaw of its construction.
//
// Each level hashes pairs, an odd last one with itself. So a list whose tail is repeated can have the root of the
// shorter one (CVE-2012-2459): such a list is called mutated and its body refused, without condemning the header.
#pragma once

#include <cstdint>
#include <vector>

#include "models/base/bytes.h"

namespace peerlab {

struct Merkle {
  Hash256 root;                    ///< zero for an empty list
  bool mutated = false;            ///< two equal hashes stood side by side as a pair on some level
  std::uint64_t bytes_hashed = 0;  ///< 64 per inner node
};

/// The inner node over two hashes: the double SHA-256 of both.
Hash256 merkle_parent(const Hash256& left, const Hash256& right);

/// Root of `ids` in order. Costs n - 1 double hashes of 64 bytes, about 0.2 ms for 2,000.
Merkle merkle(std::vector<Hash256> ids);

}  // namespace peerlab
