#include "analysis/measures/known_trees.h"

#include <gtest/gtest.h>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

std::string told(const Story& story) {
  KnownTrees trees;
  trees.begin(story.cast);
  Audience audience;
  audience.add(trees);
  for (const Row& row : story.rows) audience.tell(row);
  return trees.csv();
}

TEST(KnownTrees, SaysWhoHadWhichBlockWhen) {
  Story story(3);
  story.mines(10, 0, 0xa, 0);
  story.holds(10.5, 1, 0xa);
  story.moves(10.5, 1, 0xa);
  story.mines(20, 2, 0xb, 0);  // a fork: the third has not heard of the first block
  story.holds(21, 0, 0xb);
  story.holds(22, 0, 0xb);  // again: known already
  EXPECT_EQ(told(story),
            "node,step,parent,height,known_s,tip_at_end\r\n"
            "0,000000000000000a,0000000000000000,1,10.000000000,1\r\n"
            "1,000000000000000a,0000000000000000,1,10.500000000,1\r\n"
            "2,000000000000000b,0000000000000000,1,20.000000000,1\r\n"
            "0,000000000000000b,0000000000000000,1,21.000000000,0\r\n");
}

TEST(KnownTrees, AServerHasWhatItMovedOver) {
  Story story(2);
  for (std::uint32_t e = 1; e <= 3; ++e) story.tell(e, 0, happened::log_grew, e, e, e - 1);
  story.moves(3, 0, 2, 2);
  story.moves(4, 1, 3, 3);
  story.moves(5, 0, 3, 3);
  EXPECT_EQ(told(story),
            "node,step,parent,height,known_s,tip_at_end\r\n"
            "0,0000000000000001,0000000000000000,1,3.000000000,0\r\n"
            "0,0000000000000002,0000000000000001,2,3.000000000,0\r\n"
            "1,0000000000000001,0000000000000000,1,4.000000000,0\r\n"
            "1,0000000000000002,0000000000000001,2,4.000000000,0\r\n"
            "1,0000000000000003,0000000000000002,3,4.000000000,1\r\n"
            "0,0000000000000003,0000000000000002,3,5.000000000,1\r\n");
}

TEST(KnownTrees, WhoIsOffStandsNowhere) {
  Story story(1);
  story.mines(10, 0, 0xa, 0);
  story.down(20, 0);
  EXPECT_EQ(told(story),
            "node,step,parent,height,known_s,tip_at_end\r\n0,000000000000000a,0000000000000000,1,10.000000000,0\r\n");
}

}  // namespace
}  // namespace peerlab
