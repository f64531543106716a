#include <gtest/gtest.h>

#include <cmath>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

// Ten nodes; node i holds the block i seconds after node 0 mined it.
Story one_block() {
  Story story(10);
  story.mines(100, 0, 7, 0);
  for (std::uint32_t i = 1; i < 10; ++i) story.holds(100.0 + i, i, 7);
  return story;
}

TEST(Propagation, IsTheTimeUntilAShareOfTheNodesHoldsTheBlock) {
  const MetricList list = one_block().told("propagation", 1000);
  EXPECT_DOUBLE_EQ(list.find("propagation", "p10")->value, 0) << "the miner is one of ten";
  EXPECT_DOUBLE_EQ(list.find("propagation", "p50")->value, 4) << "the fifth holder";
  EXPECT_DOUBLE_EQ(list.find("propagation", "p90")->value, 8) << "the ninth";
  EXPECT_DOUBLE_EQ(list.find("propagation", "p99")->value, 9) << "nine of ten are no 99 %";
  EXPECT_EQ(list.find("propagation", "p50")->n, 1U);
  EXPECT_EQ(list.find("propagation", "p50")->unit, "s");
}

TEST(Propagation, IsTheMedianOverBlocks) {
  Story story(2);
  const double delays[] = {5, 1, 3};
  for (std::uint64_t b = 0; b < 3; ++b) {
    const double mined = 100.0 * static_cast<double>(b + 1);
    story.mines(mined, 0, b + 1, b);
    story.holds(mined + delays[b], 1, b + 1);
  }
  EXPECT_DOUBLE_EQ(story.told("propagation", 1000).find("propagation", "p99")->value, 3);
}

TEST(Propagation, CallsABlockThatNeverArrivesInfinitelySlow) {
  Story story(2);
  story.mines(100, 0, 7, 0);
  const MetricList list = story.told("propagation", 1000);
  EXPECT_EQ(list.find("propagation", "p50")->value, 0);
  EXPECT_TRUE(std::isinf(list.find("propagation", "p90")->value));
  EXPECT_EQ(list.find("propagation", "p90")->standing, Standing::measured);
}

TEST(Propagation, CountsOnlyNodesThatWereOnLineAllTheTime) {
  Story story(4);
  story.down(50, 3);  // off when the block is mined: not asked
  story.mines(100, 0, 7, 0);
  story.up(110, 3);
  story.holds(111, 3, 7);
  story.holds(120, 1, 7);
  story.down(130, 2);  // leaves without it: two of two hold it now
  const MetricList list = story.told("propagation", 1000);
  EXPECT_DOUBLE_EQ(list.find("propagation", "p50")->value, 20) << "two of three at 120 s; one of three is too few";
  EXPECT_DOUBLE_EQ(list.find("propagation", "p99")->value, 30);
}

TEST(Propagation, LeavesOutTheWarmUpAndTheSettlingTime) {
  Story story(1);
  story.cast.warmup = at_second(100);
  story.cast.settle = seconds(100);
  for (const double s : {99.0, 100.0, 500.0, 900.0, 901.0}) {
    const auto id = static_cast<std::uint64_t>(s);
    story.mines(s, 0, id, 0);
  }
  EXPECT_EQ(story.told("propagation", 1000).find("propagation", "p50")->n, 3U);
}

TEST(Propagation, SaysSoWithoutABlock) {
  const MetricList list = Story(3).told("propagation", 1000);
  EXPECT_EQ(list.find("propagation", "p50")->standing, Standing::no_sample);
  EXPECT_TRUE(std::isnan(list.find("propagation", "p50")->value));
}

TEST(Propagation, TellsEveryBlockWithItsPlaceInTheTree) {
  Story story(3);
  story.mines(10, 0, 1, 0, 1);
  story.mines(11, 1, 2, 0, 1);  // a rival
  story.moves(12, 2, 1, 1);
  story.mines(20, 0, 3, 1, 2);
  for (std::uint32_t i = 1; i < 3; ++i) story.moves(21, i, 3, 2);
  const MetricList list = story.told("propagation", 1000);
  ASSERT_EQ(list.blocks.size(), 3U);
  EXPECT_TRUE(list.blocks[0].main_chain);
  EXPECT_FALSE(list.blocks[1].main_chain);
  EXPECT_TRUE(list.blocks[2].main_chain);
  EXPECT_EQ(list.blocks[2].parent, 1U);
  EXPECT_EQ(list.blocks[2].height, 2U);
}

TEST(Propagation, PoolsTheBlocksOfTwoRuns) {
  Story slow(2);
  slow.mines(100, 0, 7, 0);
  slow.holds(109, 1, 7);
  Story fast(2);
  fast.mines(100, 0, 7, 0);
  fast.holds(101, 1, 7);
  auto pooled = slow.fold("propagation", 1000);
  pooled->merge(*fast.fold("propagation", 1000));
  MetricList list;
  pooled->metrics(list);
  EXPECT_EQ(list.find("propagation", "p99")->n, 2U);
  EXPECT_DOUBLE_EQ(list.find("propagation", "p99")->value, 1) << "the lower median of 1 and 9";
}

TEST(Propagation, TellsWhenItCameToTheLastOneAndToEach) {
  const MetricList list = one_block().told("propagation", 1000);
  EXPECT_DOUBLE_EQ(list.find("propagation.last", "mean")->value, 9);
  EXPECT_DOUBLE_EQ(list.find("propagation.each", "mean")->value, 5) << "1 .. 9 s, the miner left out";
  EXPECT_EQ(list.find("propagation.each", "mean")->n, 9U);
}

TEST(Propagation, ABlockThatComesToNobodyHasNoLast) {
  Story story(2);
  story.mines(100, 0, 7, 0);
  story.holds(100, 0, 7);
  const MetricList list = story.told("propagation", 1000);
  EXPECT_EQ(list.find("propagation.last", "mean")->standing, Standing::no_sample);
  EXPECT_EQ(list.find("propagation.each", "mean")->standing, Standing::no_sample);
}

}  // namespace
}  // namespace peerlab
