#include <gtest/gtest.h>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

// Four blocks in the main chain 1-2-4-5, a rival 3 to block 2, all at full minutes.
Story five_blocks() {
  Story story(3);
  story.mines(60, 0, 1, 0, 1);
  story.mines(120, 0, 2, 1, 2);
  story.mines(120, 1, 3, 1, 2);
  story.mines(180, 0, 4, 2, 3);
  story.mines(240, 0, 5, 4, 4);
  for (std::uint32_t who : {1U, 2U}) story.moves(250, who, 5, 4);
  return story;
}

TEST(Stale, IsTheShareOfMinedBlocksOutsideTheMainChain) {
  const MetricList list = five_blocks().told("stale", 1000);
  const Metric& m = *list.find("stale.per_mined", "value");
  EXPECT_DOUBLE_EQ(m.value, 0.2);
  EXPECT_EQ(m.hits, 1U);
  EXPECT_EQ(m.trials, 5U);
  EXPECT_EQ(list.find("stale.blocks", "count")->value, 1);
}

TEST(Stale, CountsTheHeightsThatFork) {
  const Metric& m = *five_blocks().told("stale", 1000).find("stale.forked", "value");
  EXPECT_EQ(m.hits, 1U) << "two blocks at height 2";
  EXPECT_EQ(m.trials, 4U);
}

TEST(Mined, IsTheShareOfTheStrongestTogetherAndTheirStaleBlocks) {
  Story story = five_blocks();
  story.cast.nodes[0].hash_power = 5;
  story.cast.nodes[1].hash_power = 9;
  const MetricList list = story.told("mined", 1000);
  EXPECT_EQ(list.find("mined.share(1)", "value")->hits, 0U) << "node 1 is the strongest, and its block is stale";
  EXPECT_EQ(list.find("mined.share(1)", "value")->trials, 4U);
  EXPECT_EQ(list.find("mined.stale(1)", "value")->standing, Standing::no_sample);
  EXPECT_EQ(list.find("mined.share(2)", "value")->hits, 4U);
  EXPECT_DOUBLE_EQ(list.find("mined.stale(2)", "value")->value, 0.25);
  EXPECT_EQ(story.told("mined", 1000, "7").find("mined.share(7)", "value")->hits, 4U) << "there are only three";
}

TEST(Mined, PoolsBlocksOverRuns) {
  Story story = five_blocks();
  story.cast.nodes[0].hash_power = 5;
  auto pooled = story.fold("mined", 1000);
  pooled->merge(*story.fold("mined", 1000));
  MetricList list;
  pooled->metrics(list);
  EXPECT_EQ(list.find("mined.share(1)", "value")->hits, 8U);
  EXPECT_EQ(list.find("mined.share(1)", "value")->trials, 8U);
}

TEST(Stale, LeavesOutTheBlocksThatHadNoTimeToSettle) {
  Story story = five_blocks();
  story.cast.settle = seconds(100);
  EXPECT_EQ(story.told("stale", 250).find("stale.per_mined", "value")->trials, 3U);
}

TEST(Stale, TheMainChainIsWhereMostStoresOnLineStand) {
  Story story = five_blocks();
  story.mines(260, 1, 6, 3, 3);  // one of three prefers its own short branch
  EXPECT_EQ(story.told("stale", 1000).find("stale.per_mined", "value")->hits, 2U);
  story.down(270, 0);
  story.down(270, 2);  // and is then alone on line
  EXPECT_EQ(story.told("stale", 1000).find("stale.per_mined", "value")->hits, 3U) << "2, 4 and 5 are left by all";
}

TEST(Stale, WithoutBlocksHasNoShare) {
  EXPECT_EQ(Story(2).told("stale", 10).find("stale.per_mined", "value")->standing, Standing::no_sample);
}

TEST(Stale, PoolsBlocksOverRuns) {
  auto pooled = five_blocks().fold("stale", 1000);
  pooled->merge(*five_blocks().fold("stale", 1000));
  MetricList list;
  pooled->metrics(list);
  EXPECT_EQ(list.find("stale.per_mined", "value")->hits, 2U);
  EXPECT_EQ(list.find("stale.per_mined", "value")->trials, 10U);
}

TEST(Blocks, CountsThemAndTheirMeanInterval) {
  Story story = five_blocks();
  story.tell(300, 1, happened::block_refused, 9);
  const MetricList list = story.told("blocks", 1000);
  EXPECT_EQ(list.find("blocks.mined", "count")->value, 5);
  EXPECT_EQ(list.find("blocks.main_chain", "count")->value, 4);
  EXPECT_DOUBLE_EQ(list.find("blocks.interval", "mean")->value, 60);
  EXPECT_EQ(list.find("blocks.refused", "count")->value, 1);
}

TEST(Blocks, HaveNoIntervalWhenThereIsOnlyOne) {
  Story story(1);
  story.mines(10, 0, 1, 0);
  EXPECT_EQ(story.told("blocks", 100).find("blocks.interval", "mean")->standing, Standing::no_sample);
}

TEST(Reorg, TellsTheDeepestTheMeanAndTheRate) {
  Story story(2);
  story.cast.warmup = at_second(100);
  story.tell(50, 0, happened::reorganised, 1, 9, 9);  // in the warm-up
  story.tell(200, 0, happened::reorganised, 2, 1, 2);
  story.tell(300, 1, happened::reorganised, 2, 4, 5);
  story.down(1900, 1);  // node hours from 100 s: 1.0 of node 0, 0.5 of node 1
  const MetricList list = story.told("reorg", 3700);
  EXPECT_EQ(list.find("reorg.depth", "max")->value, 4);
  EXPECT_DOUBLE_EQ(list.find("reorg.depth", "mean")->value, 2.5);
  EXPECT_EQ(list.find("reorg.count", "count")->value, 2);
  EXPECT_NEAR(list.find("reorg.count", "per_node_hour")->value, 2 / 1.5, 1e-12);
}

TEST(Reorg, WithoutOneHasDepthZeroAndNoMean) {
  const MetricList list = Story(2).told("reorg", 3600);
  EXPECT_EQ(list.find("reorg.depth", "max")->value, 0);
  EXPECT_EQ(list.find("reorg.depth", "mean")->standing, Standing::no_sample);
}

}  // namespace
}  // namespace peerlab
