#include "models/ledger/block_marks.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "models/base/random.h"

namespace peerlab {
namespace {

constexpr BlockMarks::Mark all_marks[] = {BlockMarks::header, BlockMarks::body, BlockMarks::complete, BlockMarks::came};

TEST(BlockMarks, EachMarkIsASetOfItsOwn) {
  Stream random(3, purpose("block marks test"));
  for (const std::uint32_t range : {20U, 33U, 500U}) {
    BlockMarks marks;
    std::map<BlockMarks::Mark, std::set<std::uint32_t>> twin;
    for (int step = 0; step < 3000; ++step) {
      const BlockMarks::Mark mark = all_marks[random.below(4)];
      const auto i = static_cast<std::uint32_t>(random.below(range));
      if (random.chance(0.6)) {
        ASSERT_EQ(marks.add(i, mark), twin[mark].insert(i).second);
      } else {
        ASSERT_EQ(marks.remove(i, mark), twin[mark].erase(i) == 1);
      }
      const auto j = static_cast<std::uint32_t>(random.below(2 * range));
      for (const BlockMarks::Mark each : all_marks) ASSERT_EQ(marks.has(j, each), twin[each].contains(j));
    }
    for (const BlockMarks::Mark mark : all_marks) {
      std::vector<std::uint32_t> members;
      marks.each(mark, [&](std::uint32_t i) { members.push_back(i); });
      EXPECT_EQ(members, std::vector<std::uint32_t>(twin[mark].begin(), twin[mark].end()));
      for (std::uint32_t w = 0; w < 2 * range / 64 + 1; ++w) {
        for (std::uint32_t i = 0; i < 64; ++i)
          ASSERT_EQ((marks.plane(mark).word(w) >> i & 1) != 0, twin[mark].contains(w * 64 + i));
      }
    }
  }
}

TEST(BlockMarks, ThirtyTwoBlocksNeedNoHeap) {
  BlockMarks marks;
  for (std::uint32_t i = 0; i < 32; ++i) marks.add(i, BlockMarks::complete);
  EXPECT_EQ(marks.memory(), 0U);
  marks.add(32, BlockMarks::complete);
  EXPECT_GT(marks.memory(), 0U);
}

}  // namespace
}  // namespace peerlab
