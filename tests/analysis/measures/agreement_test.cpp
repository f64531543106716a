#include <gtest/gtest.h>

#include <cmath>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

TEST(Agreement, IsTheShareOfAgreeingPairsAveragedOverTime) {
  Story story(4);  // six pairs
  story.mines(100, 0, 1, 0);
  story.moves(150, 1, 1);  // two and two: two pairs of six
  story.moves(200, 2, 1);
  story.moves(200, 3, 1);
  // 0-100 all agree, 100-150 three of six pairs, 150-200 two of six, 200-400 all
  const double expected = (100 + 50 * 0.5 + 50 / 3.0 + 200) / 400;
  const MetricList list = story.told("agreement", 400);
  EXPECT_NEAR(list.find("agreement(0)", "mean")->value, expected, 1e-12);
  EXPECT_DOUBLE_EQ(list.find("agreement(0)", "end")->value, 1);
}

TEST(Agreement, BelowTheTipIgnoresWhatIsStillMoving) {
  Story story(2);
  story.mines(100, 0, 1, 0, 1);
  story.moves(101, 1, 1, 1);
  story.mines(200, 0, 2, 1, 2);
  story.mines(205, 0, 3, 2, 3);
  story.moves(210, 1, 2, 2);
  story.moves(211, 1, 3, 3);
  const MetricList list = story.told("agreement", 300);
  EXPECT_NEAR(list.find("agreement(0)", "mean")->value, 1 - 12.0 / 300, 1e-12);
  // One may lag by one: it lags by two from 205 to 210.
  EXPECT_NEAR(list.find("agreement(1)", "mean")->value, 1 - 5.0 / 300, 1e-12);
  EXPECT_NEAR(list.find("agreement(6)", "mean")->value, 1, 1e-12);
}

TEST(Agreement, BelowTheTipOfALogIsTheSame) {
  Story story(3);
  for (std::uint32_t e = 1; e <= 100;
       ++e) {  // entry e at second e; one backup follows at once, one is four entries behind
    story.tell(e, 0, happened::log_grew, 1000 + e, e, e == 1 ? 0 : 999 + e);
    story.moves(e, 0, 1000 + e, e);
    story.moves(e, 1, 1000 + e, e);
    if (e > 4) story.moves(e, 2, 996 + e, e - 4);
  }
  story.cast.warmup = at_second(50);
  EXPECT_NEAR(story.told("agreement", 100).find("agreement(0)", "mean")->value, 1.0 / 3, 1e-12);
  EXPECT_NEAR(story.told("agreement", 100).find("agreement(1)", "mean")->value, 1.0 / 3, 1e-12);
  EXPECT_NEAR(story.told("agreement", 100).find("agreement(6)", "mean")->value, 1, 1e-12);
  EXPECT_NEAR(story.told("agreement", 100, "4").find("agreement(4)", "mean")->value, 1, 1e-12);
}

TEST(Agreement, BelowTheTipSeesALogThatWasOverruled) {
  Story story(2);
  story.tell(10, 0, happened::log_grew, 1, 1, 0);
  story.moves(10, 0, 1, 1);
  story.moves(10, 1, 1, 1);
  for (std::uint32_t e = 2; e <= 4; ++e) {  // both write on alone, from the same beginning
    for (std::uint32_t who = 0; who < 2; ++who) {
      const std::uint64_t before = e == 2 ? 1 : 10 * (e - 1) + who;
      story.tell(20, who, happened::log_grew, 10 * e + who, e, before);
      story.moves(20, who, 10 * e + who, e);
    }
  }
  EXPECT_NEAR(story.told("agreement", 100, "2").find("agreement(2)", "end")->value, 0, 1e-12);
  EXPECT_NEAR(story.told("agreement", 100, "3").find("agreement(3)", "end")->value, 1, 1e-12);
}

TEST(Agreement, SeesADeepForkAtEveryDepth) {
  Story story(2);
  std::uint64_t tips[2] = {0, 0};
  for (std::uint32_t h = 1; h <= 8; ++h) {
    for (std::uint32_t who = 0; who < 2; ++who) {
      const std::uint64_t block = 10 * h + who;
      story.mines(100, who, block, tips[who], h);
      tips[who] = block;
    }
  }
  EXPECT_DOUBLE_EQ(story.told("agreement", 300).find("agreement(6)", "end")->value, 0);
  EXPECT_DOUBLE_EQ(story.told("agreement", 300, "20").find("agreement(20)", "end")->value, 1) << "before the fork";
}

TEST(Agreement, OfOneStoreIsOneCopy) {
  const MetricList list = Story(1).told("agreement", 300);
  EXPECT_EQ(list.find("agreement(0)", "mean")->standing, Standing::no_sample);
  EXPECT_EQ(list.find("agreement(0)", "mean")->note, "one copy");
}

TEST(Agreement, CountsOnlyStoresThatAreOnLineAfterTheWarmUp) {
  Story story(3);
  story.cast.nodes[2].store = false;
  story.cast.warmup = at_second(100);
  story.mines(50, 0, 1, 0);  // they differ from 50 on
  story.down(150, 1);        // no pairs while it is off: no weight
  story.up(250, 1);
  story.moves(250, 1, 1);
  EXPECT_NEAR(story.told("agreement", 300).find("agreement(0)", "mean")->value, 0.5, 1e-12);
}

TEST(Agreement, DoesNotAskAttackers) {
  Story story(3);
  story.cast.nodes[2].attacker = true;
  story.mines(0, 2, 1, 0);
  EXPECT_DOUBLE_EQ(story.told("agreement", 300).find("agreement(0)", "mean")->value, 1);
}

TEST(Agreement, PoolsTimeOverRuns) {
  Story apart(2);
  apart.mines(0, 0, 1, 0);
  auto pooled = apart.fold("agreement", 100);
  pooled->merge(*Story(2).fold("agreement", 300));
  MetricList list;
  pooled->metrics(list);
  EXPECT_NEAR(list.find("agreement(0)", "mean")->value, 0.75, 1e-12);
  EXPECT_NEAR(list.find("agreement(0)", "end")->value, 0.5, 1e-12);
}

}  // namespace
}  // namespace peerlab
