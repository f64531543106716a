#include <gtest/gtest.h>

#include <cmath>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

TEST(Replicated, IsTheTimeUntilAShareOfTheMachinesHoldsTheRecord) {
  Story story(4);
  story.request(Asked::publish, 0, 100);
  for (std::uint32_t i = 0; i < 4; ++i) story.tell(101.0 + i, i, happened::record_held, 0, 100);
  const MetricList list = story.told("replicated", 1000);
  EXPECT_DOUBLE_EQ(list.find("replicated(50)", "p50")->value, 2);
  EXPECT_DOUBLE_EQ(list.find("replicated(90)", "p50")->value, 4);
  EXPECT_DOUBLE_EQ(list.find("replicated(100)", "p50")->value, 4);
}

TEST(Replicated, TakesQuantilesOverRecordsAndNeverIsInfinite) {
  Story story(1);
  for (std::uint32_t r = 0; r < 10; ++r) story.request(Asked::publish, 0, 100 + r);
  for (std::uint32_t r = 0; r < 9; ++r) story.tell(200, 0, happened::record_held, r);
  const MetricList list = story.told("replicated", 1000);
  EXPECT_DOUBLE_EQ(list.find("replicated(100)", "p50")->value, 96) << "waits are 92 .. 100 s and one never: the fifth";
  EXPECT_DOUBLE_EQ(list.find("replicated(100)", "p90")->value, 100);
  EXPECT_TRUE(std::isinf(list.find("replicated(100)", "p99")->value));
  EXPECT_EQ(list.find("replicated(100)", "p50")->n, 10U);
}

TEST(Replicated, DoesNotWaitForMachinesThatWereOff) {
  Story story(3);
  story.request(Asked::publish, 0, 100);
  story.down(90, 1);
  story.tell(101, 0, happened::record_held, 0);
  story.up(105, 1);
  story.down(110, 2);
  const MetricList list = story.told("replicated", 1000);
  EXPECT_DOUBLE_EQ(list.find("replicated(50)", "p50")->value, 1);
  EXPECT_DOUBLE_EQ(list.find("replicated(100)", "p50")->value, 10) << "when the last one without it left";
}

TEST(Replicated, AMachineThatGoesDownAtTheInstantOfTheIssueIsNotEligible) {
  Story story(2);
  story.request(Asked::publish, 0, 100);
  story.down(100, 1);
  story.tell(101, 0, happened::record_held, 0);
  EXPECT_DOUBLE_EQ(story.told("replicated", 1000).find("replicated(100)", "p50")->value, 1);
}

TEST(Replicated, OnlyPublishingOfTheCohortCounts) {
  Story story(1);
  story.cast.warmup = at_second(50);
  story.cast.settle = seconds(100);
  story.request(Asked::publish, 0, 49);
  story.request(Asked::pay, 0, 60);
  story.request(Asked::publish, 0, 900);
  story.request(Asked::publish, 0, 901);
  EXPECT_EQ(story.told("replicated", 1000).find("replicated(50)", "p50")->n, 1U);
}

TEST(Replicated, LeavesOutTheDemandOfUsersWhoseMachineIsOff) {
  Story story(2);
  story.request(Asked::publish, 1, 100);
  story.request(Asked::publish, 0, 101);
  story.down(90, 1);
  EXPECT_EQ(story.told("replicated", 1000).find("replicated(50)", "p50")->n, 1U);
}

TEST(Replicated, TellsTheStandardDeviationOverRecords) {
  Story story(1);
  const double waits[] = {2, 4, 9};
  for (std::uint32_t r = 0; r < 3; ++r) story.request(Asked::publish, 0, 100 + r);
  for (std::uint32_t r = 0; r < 3; ++r) story.tell(100 + r + waits[r], 0, happened::record_held, r);
  const MetricList list = story.told("replicated", 1000);
  EXPECT_DOUBLE_EQ(list.find("replicated(100)", "sd")->value, std::sqrt(13.0));
  Story one(1);
  one.request(Asked::publish, 0, 100);
  one.tell(101, 0, happened::record_held, 0);
  EXPECT_EQ(one.told("replicated", 1000).find("replicated(100)", "sd")->standing, Standing::no_sample);
}

TEST(Replicated, TellsHowFarTheRecordCameThatCameFurthest) {
  Story story(4);
  story.request(Asked::publish, 0, 100);
  story.request(Asked::publish, 3, 110);
  for (std::uint32_t i = 0; i < 3; ++i) story.tell(120.0 + i, i, happened::record_held, 0, 100);
  story.tell(130, 3, happened::record_held, 1, 100);
  EXPECT_DOUBLE_EQ(story.told("replicated", 1000).find("replicated.reach", "max")->value, 0.75);
}

}  // namespace
}  // namespace peerlab
