#include "models/ledger/merkle_proof.h"

#include "models/base/check.h"
#include "models/ledger/merkle.h"

namespace peerlab {

MerkleProof merkle_proof(std::vector<Hash256> ids, std::uint32_t place) {
  CHECK(place < ids.size());
  MerkleProof proof{place, {}};
  for (std::uint32_t at = place; ids.size() > 1; at /= 2) {
    const std::size_t beside = at ^ 1U;
    proof.branch.push_back(ids[beside < ids.size() ? beside : at]);
    for (std::size_t i = 0; i < ids.size(); i += 2) {
      ids[i / 2] = merkle_parent(ids[i], ids[i + 1 < ids.size() ? i + 1 : i]);
    }
    ids.resize((ids.size() + 1) / 2);
  }
  return proof;
}

bool leads_to_root(const MerkleProof& proof, const Hash256& id, const Hash256& root) {
  if (proof.branch.size() > most_branch) return false;
  Hash256 hash = id;
  std::uint32_t at = proof.place;
  for (const Hash256& beside : proof.branch) {
    const bool on_the_right = at % 2 == 1;
    if (on_the_right && beside == hash) return false;
    hash = on_the_right ? merkle_parent(beside, hash) : merkle_parent(hash, beside);
    at /= 2;
  }
  return at == 0 && hash == root;
}

}  // namespace peerlab
