// Every transaction of every block has one proof, and no forged one is believed.
#include "models/ledger/merkle_proof.h"

#include <gtest/gtest.h>

#include "models/base/random.h"
#include "models/ledger/merkle.h"

namespace peerlab {
namespace {

std::vector<Hash256> some_ids(std::uint32_t count, Stream& chance) {
  std::vector<Hash256> ids(count);
  for (Hash256& id : ids) {
    for (std::uint8_t& b : id.bytes) b = static_cast<std::uint8_t>(chance.bits());
  }
  return ids;
}

TEST(MerkleProof, LeadsFromEveryPlaceToTheRoot) {
  Stream chance(1, purpose("proofs"));
  for (std::uint32_t count = 1; count <= 70; ++count) {
    const std::vector<Hash256> ids = some_ids(count, chance);
    const Hash256 root = merkle(ids).root;
    for (std::uint32_t place = 0; place < count; ++place) {
      const MerkleProof proof = merkle_proof(ids, place);
      EXPECT_TRUE(leads_to_root(proof, ids[place], root)) << place << " of " << count;
      EXPECT_LE(proof.branch.size(), 7U);
    }
  }
}

TEST(MerkleProof, OfABlockWithOneTransactionIsEmpty) {
  Stream chance(2, purpose("proofs"));
  const std::vector<Hash256> ids = some_ids(1, chance);
  EXPECT_TRUE(merkle_proof(ids, 0).branch.empty());
  EXPECT_TRUE(leads_to_root({0, {}}, ids[0], ids[0]));
  EXPECT_FALSE(leads_to_root({1, {}}, ids[0], ids[0])) << "there is no second place";
}

TEST(MerkleProof, ShowsNothingAboutAnotherTransactionPlaceOrBlock) {
  Stream chance(3, purpose("proofs"));
  for (int round = 0; round < 300; ++round) {
    const auto count = static_cast<std::uint32_t>(1 + chance.below(40));
    const std::vector<Hash256> ids = some_ids(count, chance);
    const auto place = static_cast<std::uint32_t>(chance.below(count));
    const Hash256 root = merkle(ids).root;
    const MerkleProof proof = merkle_proof(ids, place);
    for (std::uint32_t other = 0; other < 2 * count; ++other) {
      if (other == place) continue;
      if (other < count) {
        EXPECT_FALSE(leads_to_root(proof, ids[other], root));
      }
      MerkleProof moved = proof;
      moved.place = other;
      EXPECT_FALSE(leads_to_root(moved, ids[place], root)) << place << " -> " << other;
    }
    EXPECT_FALSE(leads_to_root(proof, ids[place], some_ids(1, chance)[0]));
  }
}

TEST(MerkleProof, IsRefusedWithAnyBitChangedOrStepAddedOrLeftOut) {
  Stream chance(4, purpose("proofs"));
  const std::vector<Hash256> ids = some_ids(13, chance);
  const Hash256 root = merkle(ids).root;
  for (std::uint32_t place = 0; place < ids.size(); ++place) {
    const MerkleProof proof = merkle_proof(ids, place);
    for (int round = 0; round < 200; ++round) {
      MerkleProof forged = proof;
      const std::size_t step = chance.below(forged.branch.size());
      const std::size_t byte = chance.below(32);
      forged.branch[step].bytes[byte] ^= static_cast<std::uint8_t>(1U << chance.below(8));
      EXPECT_FALSE(leads_to_root(forged, ids[place], root));
    }
    MerkleProof shorter = proof;
    shorter.branch.pop_back();
    EXPECT_FALSE(leads_to_root(shorter, ids[place], root));
    MerkleProof longer = proof;
    longer.branch.push_back(root);
    EXPECT_FALSE(leads_to_root(longer, ids[place], root));
  }
}

// CVE-2012-2459: a block of three and the same with its last one repeated have one root. A proof for the fourth place would say that the
// block has a transaction which is not in it.
TEST(MerkleProof, OfARepeatedTailIsRefused) {
  Stream chance(5, purpose("proofs"));
  for (const std::uint32_t count : {3U, 5U, 6U, 7U, 11U}) {
    const std::vector<Hash256> ids = some_ids(count, chance);
    std::vector<Hash256> doubled = ids;
    const std::uint32_t tail = count % 2 == 1 ? 1 : 2;
    for (std::uint32_t i = 0; i < tail; ++i) doubled.push_back(ids[count - tail + i]);
    const Merkle mutated = merkle(doubled);
    ASSERT_EQ(mutated.root, merkle(ids).root);
    EXPECT_TRUE(mutated.mutated);
    for (std::uint32_t place = 0; place < doubled.size(); ++place) {
      EXPECT_EQ(leads_to_root(merkle_proof(doubled, place), doubled[place], mutated.root), place < count) << place;
    }
  }
}

TEST(MerkleProof, HasNoMoreStepsThanABlockCanHave) {
  Hash256 id;
  id.bytes[0] = 1;
  MerkleProof endless{0, std::vector<Hash256>(most_branch + 1)};
  Hash256 root = id;
  for (const Hash256& beside : endless.branch) root = merkle_parent(root, beside);
  EXPECT_FALSE(leads_to_root(endless, id, root));
  endless.branch.pop_back();
  root = id;
  for (const Hash256& beside : endless.branch) root = merkle_parent(root, beside);
  EXPECT_TRUE(leads_to_root(endless, id, root));
}

}  // namespace
}  // namespace peerlab
