#include "models/ledger/merkle.h"

#include <algorithm>
#include <array>

#include "models/crypto/sha256.h"

namespace peerlab {

Hash256 merkle_parent(const Hash256& left, const Hash256& right) {
  std::array<std::uint8_t, 64> both{};
  std::copy(left.bytes.begin(), left.bytes.end(), both.begin());
  std::copy(right.bytes.begin(), right.bytes.end(), both.begin() + 32);
  return double_sha256(both);
}

Merkle merkle(std::vector<Hash256> ids) {
  Merkle result;
  if (ids.empty()) return result;
  while (ids.size() > 1) {
    const std::size_t pairs = (ids.size() + 1) / 2;
    for (std::size_t i = 0; i < pairs; ++i) {
      const Hash256& left = ids[2 * i];
      const bool alone = 2 * i + 1 == ids.size();
      const Hash256& right = alone ? left : ids[2 * i + 1];
      if (!alone && left == right) result.mutated = true;
      ids[i] = merkle_parent(left, right);
    }
    ids.resize(pairs);
    result.bytes_hashed += 64 * pairs;
  }
  result.root = ids.front();
  return result;
}

}  // namespace peerlab
