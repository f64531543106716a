// The Merkle tree of an audit log against the definition of RFC 6962, and against forged and mutilated proofs.
#include "models/protocols/audit_tree.h"

#include <gtest/gtest.h>

#include "models/base/random.h"
#include "models/crypto/sha256.h"

namespace peerlab {
namespace {

constexpr std::uint32_t most = 70;

std::vector<Hash256> leaves(std::uint32_t count, std::uint8_t salt = 0) {
  std::vector<Hash256> all;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Bytes data = {salt, static_cast<std::uint8_t>(i)};
    all.push_back(audit_leaf(data));
  }
  return all;
}
AuditTree tree_of(const std::vector<Hash256>& all) {
  AuditTree tree;
  Work work;
  for (const Hash256& leaf : all) tree.append(leaf, work);
  return tree;
}

/// MTH of section 2.1, as it stands there.
Hash256 definition(std::span<const Hash256> part) {
  if (part.empty()) return sha256({});
  if (part.size() == 1) return part.front();
  std::size_t left = 1;
  while (2 * left < part.size()) left *= 2;
  return audit_node(definition(part.first(left)), definition(part.subspan(left)));
}
/// PATH of section 2.1.1.
std::vector<Hash256> definition_path(std::size_t index, std::span<const Hash256> part) {
  if (part.size() == 1) return {};
  std::size_t left = 1;
  while (2 * left < part.size()) left *= 2;
  std::vector<Hash256> path;
  if (index < left) {
    path = definition_path(index, part.first(left));
    path.push_back(definition(part.subspan(left)));
  } else {
    path = definition_path(index - left, part.subspan(left));
    path.push_back(definition(part.first(left)));
  }
  return path;
}
/// SUBPROOF of section 2.1.2.
std::vector<Hash256> definition_proof(std::size_t before, std::span<const Hash256> part, bool whole) {
  if (before == part.size()) return whole ? std::vector<Hash256>{} : std::vector<Hash256>{definition(part)};
  std::size_t left = 1;
  while (2 * left < part.size()) left *= 2;
  std::vector<Hash256> path;
  if (before <= left) {
    path = definition_proof(before, part.first(left), whole);
    path.push_back(definition(part.subspan(left)));
  } else {
    path = definition_proof(before - left, part.subspan(left), false);
    path.push_back(definition(part.first(left)));
  }
  return path;
}

// The test vectors of RFC 6962's reference implementation: the empty tree, and the empty leaf.
TEST(AuditTree, HashesAsCertificateTransparencyDoes) {
  EXPECT_EQ(to_hex(AuditTree().root().bytes), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(audit_leaf({}).bytes), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(AuditTree, IsTheTreeOfTheDefinition) {
  for (std::uint32_t n = 0; n <= most; ++n) {
    const std::vector<Hash256> all = leaves(n);
    const AuditTree tree = tree_of(all);
    ASSERT_EQ(tree.size(), n);
    ASSERT_EQ(tree.root(), definition(all));
    for (std::uint32_t i = 0; i < n; ++i) ASSERT_EQ(tree.inclusion(i), definition_path(i, all));
    for (std::uint32_t m = 1; m <= n; ++m) ASSERT_EQ(tree.consistency(m), definition_proof(m, all, true));
  }
}

TEST(AuditTree, ShowsEveryLeafAndEveryBeginning) {
  Work work;
  for (std::uint32_t n = 1; n <= most; ++n) {
    const std::vector<Hash256> all = leaves(n);
    const AuditTree tree = tree_of(all);
    for (std::uint32_t i = 0; i < n; ++i) {
      ASSERT_TRUE(is_included(all[i], i, n, tree.inclusion(i), tree.root(), work)) << i << " of " << n;
    }
    for (std::uint32_t m = 0; m <= n; ++m) {
      const Hash256 before = definition(std::span(all).first(m));
      ASSERT_TRUE(is_continued(m, before, n, tree.root(), tree.consistency(m), work)) << m << " of " << n;
    }
  }
  EXPECT_GT(work.bytes_hashed, 0U);
}

TEST(AuditTree, IsNotFooledByAnythingElse) {
  Work work;
  Stream chance(7, purpose("audit"), 0);
  for (int round = 0; round < 3000; ++round) {
    const auto n = static_cast<std::uint32_t>(1 + chance.below(most));
    const auto i = static_cast<std::uint32_t>(chance.below(n));
    const std::vector<Hash256> all = leaves(n);
    const AuditTree tree = tree_of(all);
    std::vector<Hash256> path = tree.inclusion(i);
    const auto elsewhere = static_cast<std::uint32_t>(chance.below(most));
    EXPECT_EQ(is_included(all[i], elsewhere, n, path, tree.root(), work), elsewhere == i);
    EXPECT_FALSE(is_included(leaves(1, 9).front(), i, n, path, tree.root(), work));
    if (!path.empty()) {
      path[chance.below(path.size())].bytes[3] ^= 4;
      EXPECT_FALSE(is_included(all[i], i, n, path, tree.root(), work));
      path.pop_back();
      EXPECT_FALSE(is_included(all[i], i, n, path, tree.root(), work));
    }
  }
}

TEST(AuditTree, OfAHistoryThatWasChangedContinuesNoOtherFromThereOn) {
  Work work;
  for (std::uint32_t n = 2; n <= 40; ++n) {
    const std::vector<Hash256> all = leaves(n);
    for (std::uint32_t lie = 0; lie < n; ++lie) {
      AuditTree forged = tree_of(all);
      forged.replace(lie, leaves(1, 5).front());
      std::vector<Hash256> told = all;
      told[lie] = leaves(1, 5).front();
      ASSERT_EQ(forged.root(), definition(told));
      for (std::uint32_t m = 1; m <= n; ++m) {
        const Hash256 seen = definition(std::span(all).first(m));
        const bool passes = is_continued(m, seen, n, forged.root(), forged.consistency(m), work);
        ASSERT_EQ(passes, m <= lie) << "who has not seen the leaf cannot know";
      }
    }
  }
}

}  // namespace
}  // namespace peerlab
