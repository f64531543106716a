// When the last copy of a record goes, and which faults leave none on line.
#include <gtest/gtest.h>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

/// One record of user 0 on nodes 0 and 1 of three, acked at 12 s; two kinds of fault.
Story two_copies() {
  Story story(3);
  story.cast.faults = {{"one", "wear"}, {"two", "crash"}};
  story.request(Asked::publish, 0, 10);
  story.requests[0].record = {UserId(0), 0};
  story.tell(11, 0, happened::record_held, 0, 100);
  story.tell(12, 1, happened::record_held, 0, 100);
  story.tell(12, 0, happened::operation_acked, 0);
  return story;
}
void wiped(Story& story, double s, std::uint32_t who) {
  story.down(s, who);
  story.tell(s, who, happened::disk_wiped);
}

TEST(DataLoss, LastsFromTheAckUntilTheLastCopyIsDestroyed) {
  Story story = two_copies();
  wiped(story, 20, 0);
  wiped(story, 50, 1);
  const MetricList list = story.told("data_loss", 100);
  EXPECT_DOUBLE_EQ(list.find("data_loss.after", "mean")->value, 38);
  EXPECT_FALSE(list.find("data_loss.after", "mean")->censored);
}

TEST(DataLoss, ACopyThatIsRestoredCounts) {
  Story story = two_copies();
  wiped(story, 20, 0);
  story.up(30, 0);
  story.tell(31, 0, happened::record_held, 0, 100);
  wiped(story, 50, 1);
  wiped(story, 70, 0);
  EXPECT_DOUBLE_EQ(story.told("data_loss", 100).find("data_loss.after", "mean")->value, 58);
}

TEST(DataLoss, AnUpdatedVersionIsACopyToo) {
  Story story = two_copies();
  story.request(Asked::update, 0, 15);
  story.requests[1].record = story.requests[0].record;
  wiped(story, 20, 0);
  story.tell(31, 2, happened::record_held, 1, 100);  // the update alone
  wiped(story, 50, 1);
  EXPECT_TRUE(story.told("data_loss", 100).find("data_loss.after", "mean")->censored);
}

TEST(DataLoss, WhatIsStillThereMakesItAtLeast) {
  Story story = two_copies();
  wiped(story, 20, 0);
  const MetricList list = story.told("data_loss", 100);
  EXPECT_DOUBLE_EQ(list.find("data_loss.after", "mean")->value, 88);
  EXPECT_TRUE(list.find("data_loss.after", "mean")->censored);
}

TEST(DataLoss, AMachineThatIsOffKeepsItsCopy) {
  Story story = two_copies();
  wiped(story, 20, 0);
  story.down(50, 1);
  EXPECT_TRUE(story.told("data_loss", 100).find("data_loss.after", "mean")->censored);
}

TEST(DataLoss, AFaultHitsWhenAtItsInstantSomeRecordHasNoCopyOnLine) {
  Story story = two_copies();
  const auto cut = [&](double s, std::vector<std::uint32_t> who) {
    story.tell(s, nobody.value, happened::fault_began, 1);
    for (const std::uint32_t w : who) story.down(s, w);
    story.tell(s + 5, nobody.value, happened::fault_ended, 1);
    for (const std::uint32_t w : who) story.up(s + 5, w);
  };
  cut(20, {0, 2});
  cut(30, {0, 1});
  cut(40, {1});
  const MetricList list = story.told("data_loss", 100);
  EXPECT_EQ(list.find("data_loss.per_fault", "value")->hits, 1U);
  EXPECT_EQ(list.find("data_loss.per_fault", "value")->trials, 3U);
}

TEST(DataLoss, AFaultIsNotBlamedForWhatHappensLater) {
  Story story = two_copies();
  story.tell(20, nobody.value, happened::fault_began, 1);
  story.down(20, 0);
  story.down(21, 1);  // by itself
  EXPECT_EQ(story.told("data_loss", 100).find("data_loss.per_fault", "value")->hits, 0U);
}

TEST(DataLoss, WithoutAFaultItIsNotChallengedAndWithoutAnAckThereIsNothing) {
  Story story(2);
  story.request(Asked::publish, 0, 10);
  story.tell(11, 0, happened::record_held, 0, 100);
  const MetricList list = story.told("data_loss", 100);
  EXPECT_EQ(list.find("data_loss.per_fault", "value")->standing, Standing::not_challenged);
  EXPECT_EQ(list.find("data_loss.after", "mean")->standing, Standing::no_sample);
}

TEST(DataLoss, PoolsOverRuns) {
  Story story = two_copies();
  wiped(story, 20, 0);
  wiped(story, 50, 1);
  Story other = two_copies();
  wiped(other, 22, 0);
  wiped(other, 22, 1);
  auto pooled = story.fold("data_loss", 100);
  pooled->merge(*other.fold("data_loss", 100));
  MetricList list;
  pooled->metrics(list);
  EXPECT_DOUBLE_EQ(list.find("data_loss.after", "mean")->value, 24);
}

}  // namespace
}  // namespace peerlab
