// The tree of histories against walking from parent to parent.
#include "analysis/measures/history_tree.h"

#include <gtest/gtest.h>

#include <map>

#include "models/base/random.h"

namespace peerlab {
namespace {

TEST(HistoryTree, FindsEveryAncestorThatWalkingFinds) {
  Stream random(3, purpose("history tree test"));
  HistoryTree tree;
  std::map<std::uint64_t, std::uint64_t> parents;
  std::vector<std::uint64_t> ids = {0};
  for (std::uint64_t id = 1; id <= 600; ++id) {
    const std::uint64_t back = random.chance(0.98) ? 0 : random.below(ids.size());  // long branches
    const std::uint64_t parent = ids[ids.size() - 1 - back];
    tree.add(id, parent, 1);
    parents[id] = parent;
    ids.push_back(id);
  }
  std::uint32_t highest = 0;
  for (std::uint64_t id = 1; id <= 600; ++id) {
    std::vector<std::uint64_t> walk = {id};  // tip first, 0 last
    while (walk.back() != 0) walk.push_back(parents[walk.back()]);
    const auto height = static_cast<std::uint32_t>(walk.size() - 1);
    ASSERT_EQ(tree.height(tree.of(id, 1)), height);
    highest = std::max(highest, height);
    for (std::uint32_t h = 0; h <= height; ++h) {
      const std::uint64_t ancestor = walk[height - h];
      ASSERT_EQ(tree.at_height(tree.of(id, 1), h), ancestor == 0 ? HistoryTree::beginning : tree.of(ancestor, 1));
    }
  }
  EXPECT_GT(highest, 100U) << "the branches must be long";
}

TEST(HistoryTree, ATipThatNobodyToldOfIsAHistoryOfItsOwn) {
  HistoryTree tree;
  const HistoryTree::Place strange = tree.of(77, 5);
  EXPECT_EQ(tree.of(77, 5), strange);
  EXPECT_EQ(tree.height(strange), 5U);
  EXPECT_EQ(tree.of(78, 0), HistoryTree::beginning);
  EXPECT_FALSE(tree.agree(strange, HistoryTree::beginning, 4));
  EXPECT_TRUE(tree.agree(strange, HistoryTree::beginning, 5));
}

TEST(HistoryTree, WhatIsToldTwiceCountsOnce) {
  HistoryTree tree;
  tree.add(1, 0, 1);
  tree.add(2, 1, 2);
  tree.add(2, 0, 1);
  EXPECT_EQ(tree.height(tree.of(2, 1)), 2U);
}

}  // namespace
}  // namespace peerlab
