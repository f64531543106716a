// The tree of headers against the stupid way: walking from parent to parent.

#include "models/ledger/header_tree.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/base/random.h"
#include "models/ledger/genesis.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

Header child_of(const HeaderTree& tree, BlockRef parent, std::uint32_t time) {
  Header h;
  h.previous = tree.id(parent);
  h.time = time;
  h.bits = tree.next_bits(parent);
  solve(h);
  return h;
}

BlockRef slow_ancestor(const HeaderTree& tree, BlockRef b, std::uint32_t height) {
  while (tree.height(b) > height) b = tree.parent(b);
  return b;
}

// A random tree with long and short branches; `headers` in the order they were made.
HeaderTree random_tree(Stream& s, std::vector<Header>& headers, int blocks) {
  const Rules rules = workshop::easy_rules();
  HeaderTree tree(rules, genesis_header(rules, {}));
  std::vector<BlockRef> all{tree.genesis()};
  for (int i = 0; i < blocks; ++i) {
    const std::uint64_t back = s.chance(0.9) ? 0 : s.below(all.size());
    const BlockRef parent = all[all.size() - 1 - back];
    const std::uint64_t later = 1 + s.below(20);
    headers.push_back(child_of(tree, parent, tree.median_time(parent) + static_cast<std::uint32_t>(later)));
    const BlockRef b = tree.intern(headers.back());
    EXPECT_EQ(tree.judge(b).verdict, Verdict::ok);
    all.push_back(b);
  }
  return tree;
}

TEST(HeaderTree, AncestorsForksAndMediansAreThoseOfASlowWalk) {
  Stream s(1, purpose("test tree"));
  for (int round = 0; round < 10; ++round) {
    std::vector<Header> headers;
    const HeaderTree tree = random_tree(s, headers, 300);
    for (int i = 0; i < 2000; ++i) {
      const BlockRef a = BlockRef::of(s.below(tree.size()));
      const BlockRef b = BlockRef::of(s.below(tree.size()));
      const auto h = static_cast<std::uint32_t>(s.below(tree.height(a) + 1));
      EXPECT_EQ(tree.ancestor(a, h), slow_ancestor(tree, a, h));
      const bool is = tree.height(a) <= tree.height(b) && slow_ancestor(tree, b, tree.height(a)) == a;
      EXPECT_EQ(tree.is_ancestor(a, b), is);
      BlockRef x = a;
      BlockRef y = b;
      while (x != y) (tree.height(x) >= tree.height(y) ? x : y) = tree.parent(tree.height(x) >= tree.height(y) ? x : y);
      EXPECT_EQ(tree.fork(a, b), x);
      std::vector<std::uint32_t> times;
      for (BlockRef m = a; m.valid() && times.size() < 11; m = tree.parent(m)) times.push_back(tree.header(m).time);
      std::sort(times.begin(), times.end());
      EXPECT_EQ(tree.median_time(a), times[times.size() / 2]);
      U256 work;
      for (BlockRef m = a; m.valid(); m = tree.parent(m)) work += work_of(tree.header(m).bits);
      EXPECT_EQ(tree.work(a), work);
    }
  }
}

TEST(HeaderTree, IsTheSameWhateverTheOrderOfArrival) {
  Stream s(2, purpose("test tree"));
  for (int round = 0; round < 20; ++round) {
    std::vector<Header> headers;
    HeaderTree tree = random_tree(s, headers, 120);
    std::vector<Header> shuffled = headers;
    s.shuffle(shuffled);
    const Rules rules = workshop::easy_rules();
    HeaderTree other(rules, genesis_header(rules, {}));
    for (const Header& h : shuffled) {
      if (s.chance(0.3)) {
        const BlockRef named = other.refer(h.id());
        EXPECT_EQ(other.present(named), other.linked(named) || other.header(named) == h);
      }
      const BlockRef b = other.intern(h);
      EXPECT_TRUE(other.present(b));
      EXPECT_EQ(other.intern(h), b) << "once";
    }
    for (const Header& h : headers) {
      const BlockRef a = tree.find(h.id());
      const BlockRef b = other.find(h.id());
      ASSERT_TRUE(other.linked(b));
      EXPECT_EQ(other.judge(b), tree.judge_alone(a)) << "made in order, hence judged in order: all valid";
      EXPECT_EQ(other.height(b), tree.height(a));
      EXPECT_EQ(other.work(b), tree.work(a));
      EXPECT_EQ(other.id(other.parent(b)), tree.id(tree.parent(a)));
    }
  }
}

TEST(HeaderTree, LinksALongRowThatCameInReverse) {
  const Rules rules = workshop::easy_rules();
  HeaderTree tree(rules, genesis_header(rules, {}));
  HeaderTree reverse(rules, genesis_header(rules, {}));
  std::vector<Header> row;
  BlockRef tip = tree.genesis();
  for (std::uint32_t i = 1; i <= 20'000; ++i) {
    row.push_back(child_of(tree, tip, rules.epoch + i));
    tip = tree.intern(row.back());
  }
  for (auto h = row.rbegin(); h != row.rend(); ++h) reverse.intern(*h);
  EXPECT_EQ(reverse.height(reverse.find(row.back().id())), 20'000U);
}

TEST(HeaderTree, RetargetsByTheRulesOnEachBranchByItself) {
  Rules rules = workshop::easy_rules();
  rules.retarget_interval = 8;
  rules.genesis_bits = bits_for_hashes(16);
  HeaderTree tree(rules, genesis_header(rules, {}));
  const auto grow = [&](std::uint32_t gap) {
    BlockRef b = tree.genesis();
    for (int i = 0; i < 8; ++i) {
      b = tree.intern(child_of(tree, b, tree.header(b).time + gap));
      EXPECT_EQ(tree.judge(b).verdict, Verdict::ok);
    }
    return expected_hashes(tree.header(b).bits);
  };
  EXPECT_NEAR(grow(5), 16 * 80.0 / 35, 1);  // 7 gaps of 5 s against the 80 s wanted; work is whole hashes
  EXPECT_NEAR(grow(20), 16 * 80.0 / 140, 1);
}

}  // namespace
}  // namespace peerlab
