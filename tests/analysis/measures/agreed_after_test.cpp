#include <gtest/gtest.h>

#include <cmath>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

// Two halves of a network of ten, cut from 100 s to 200 s, each with a block of its own.
Story partition() {
  Story story(10);
  story.cast.faults = {{"eu-cut", "partition"}, {"later", "crash"}};
  story.cast.block_interval = seconds(600);
  story.tell(100, nobody.value, happened::fault_began, 0);
  story.mines(110, 0, 1, 0);
  for (std::uint32_t i = 1; i < 5; ++i) story.moves(111, i, 1);
  story.mines(120, 5, 2, 0);
  for (std::uint32_t i = 6; i < 10; ++i) story.moves(121, i, 2);
  story.tell(200, nobody.value, happened::fault_ended, 0);
  return story;
}

TEST(AgreedAfter, IsTheTimeFromTheHealUntilACommonStateIsKept) {
  Story story = partition();
  for (std::uint32_t i = 5; i < 10; ++i) story.moves(202.0 + i, i, 1);
  const MetricList list = story.told("agreed.after", 1000);
  EXPECT_DOUBLE_EQ(list.find("agreed.after(eu-cut)", "all")->value, 11);
  EXPECT_DOUBLE_EQ(list.find("agreed.after(eu-cut)", "most")->value, 11) << "nine of ten are no 99 %";
  EXPECT_FALSE(list.find("agreed.after(eu-cut)", "all")->censored);
}

TEST(AgreedAfter, AStateThatTheyGoBackOnDoesNotCount) {
  Story story = partition();
  for (std::uint32_t i = 5; i < 10; ++i) story.moves(210, i, 1);
  story.mines(220, 5, 3, 2, 2);  // the other branch, longer now
  for (std::uint32_t i = 0; i < 5; ++i) story.moves(235, i, 3, 2);
  for (std::uint32_t i = 6; i < 10; ++i) story.moves(240, i, 3, 2);
  EXPECT_DOUBLE_EQ(story.told("agreed.after", 1000).find("agreed.after(eu-cut)", "all")->value, 40);
}

TEST(AgreedAfter, WhatIsBuiltOnTopOfAStateKeepsIt) {
  Story story = partition();
  for (std::uint32_t i = 5; i < 10; ++i) story.moves(210, i, 1);
  std::uint64_t tip = 1;
  for (int b = 0; b < 30; ++b) {  // a block every three seconds, which takes two seconds to travel
    const auto height = static_cast<std::uint32_t>(2 + b);
    story.mines(211 + 3 * b, 0, 100 + static_cast<std::uint64_t>(b), tip, height);
    tip = 100 + static_cast<std::uint64_t>(b);
    for (std::uint32_t i = 1; i < 10; ++i) story.moves(213 + 3 * b, i, tip, height);
  }
  EXPECT_DOUBLE_EQ(story.told("agreed.after", 1000).find("agreed.after(eu-cut)", "all")->value, 10);
}

// Never at rest: no two of the three ever stand on the same entry, because the log grows faster than it travels.
TEST(AgreedAfter, ALogThatNeverRestsIsAgreedOnceAllHaveWhatWasThereAtTheHeal) {
  Story story(3);
  story.cast.faults = {{"cut", "partition"}};
  story.tell(50, nobody.value, happened::fault_began, 0);
  for (std::uint32_t e = 1; e <= 400; ++e) {
    story.tell(e, 0, happened::log_grew, e, e, e - 1);
    story.moves(e, 0, e, e);
    if (e > 1) story.moves(e, 1, e - 1, e - 1);
    const bool cut = e >= 50 && e < 107;  // the third learns nothing until it has caught up at 107
    if (e > 2 && !cut) story.moves(e, 2, e - 2, e - 2);
    if (e == 100) story.tell(100, nobody.value, happened::fault_ended, 0);
  }
  const MetricList list = story.told("agreed.after", 400);
  EXPECT_DOUBLE_EQ(list.find("agreed.after(cut)", "all")->value, 7)
      << "it stands on 105 then, past the 100 of the heal";
  EXPECT_FALSE(list.find("agreed.after(cut)", "all")->censored);
}

TEST(AgreedAfter, WhoComesBackCountsUntilItHasCaughtUp) {
  Story story(2);
  story.cast.faults = {{"crash", "crash"}};
  story.mines(10, 0, 1, 0);
  story.moves(11, 1, 1);
  story.tell(20, nobody.value, happened::fault_began, 0);
  story.down(20, 1);
  story.mines(30, 0, 2, 1, 2);
  story.tell(50, nobody.value, happened::fault_ended, 0);
  story.up(50, 1);
  story.moves(52, 1, 1);
  story.moves(58, 1, 2, 2);
  EXPECT_DOUBLE_EQ(story.told("agreed.after", 1000).find("agreed.after(crash)", "all")->value, 8);
}

TEST(AgreedAfter, WithShortBlockIntervalsIsKeptForOneOfThem) {
  Story story = partition();
  story.cast.block_interval = seconds(15);
  for (std::uint32_t i = 5; i < 10; ++i) story.moves(210, i, 1);
  story.mines(230, 0, 3, 1, 2);
  EXPECT_DOUBLE_EQ(story.told("agreed.after", 1000).find("agreed.after(eu-cut)", "all")->value, 10);
}

TEST(AgreedAfter, IsCensoredWhenTheRunEndsFirst) {
  const MetricList list = partition().told("agreed.after", 1000);
  EXPECT_TRUE(list.find("agreed.after(eu-cut)", "all")->censored);
  EXPECT_DOUBLE_EQ(list.find("agreed.after(eu-cut)", "all")->value, 800);
}

TEST(AgreedAfter, NinetyNinePerCentMayLeaveOneOfAHundredBehind) {
  Story story(100);
  story.cast.faults = {{"cut", "partition"}};
  story.tell(100, nobody.value, happened::fault_began, 0);
  story.mines(110, 0, 1, 0);
  for (std::uint32_t i = 1; i < 50; ++i) story.moves(111, i, 1);
  story.tell(200, nobody.value, happened::fault_ended, 0);
  for (std::uint32_t i = 50; i < 99; ++i) story.moves(201, i, 1);
  const MetricList list = story.told("agreed.after", 1000);
  EXPECT_DOUBLE_EQ(list.find("agreed.after(cut)", "most")->value, 1);
  EXPECT_TRUE(list.find("agreed.after(cut)", "all")->censored);
}

TEST(AgreedAfter, WhoGoesOffLineNoLongerDisagrees) {
  Story story = partition();
  for (std::uint32_t i = 5; i < 9; ++i) story.moves(205, i, 1);
  story.down(230, 9);  // alone on the other branch until then
  EXPECT_DOUBLE_EQ(story.told("agreed.after", 1000).find("agreed.after(eu-cut)", "all")->value, 30);
}

TEST(AgreedAfter, AFaultThatDidNotOccurWasNoChallenge) {
  const MetricList list = partition().told("agreed.after", 1000);
  EXPECT_EQ(list.find("agreed.after(later)", "most")->standing, Standing::not_challenged);
  EXPECT_TRUE(std::isnan(list.find("agreed.after(later)", "most")->value));
}

TEST(AgreedAfter, AFaultThatIsNotHealedHasNoRecovery) {
  Story story(2);
  story.cast.faults = {{"cut", "partition"}};
  story.tell(100, nobody.value, happened::fault_began, 0);
  EXPECT_EQ(story.told("agreed.after", 1000).find("agreed.after(cut)", "all")->note, "not healed before the end");
}

TEST(AgreedAfter, ARecurringFaultIsJudgedByItsSlowestRecovery) {
  Story story(2);
  story.cast.faults = {{"cut", "partition"}};
  const double recoveries[] = {5, 25, 10};
  std::uint64_t block = 0;
  for (int k = 0; k < 3; ++k) {
    const double start = 1000 * (k + 1);
    story.tell(start, nobody.value, happened::fault_began, 0);
    story.mines(start + 10, 0, block + 1, block);
    story.tell(start + 20, nobody.value, happened::fault_ended, 0);
    story.moves(start + 20 + recoveries[k], 1, ++block);
  }
  const MetricList list = story.told("agreed.after", 9000);
  EXPECT_DOUBLE_EQ(list.find("agreed.after(cut)", "all")->value, 25);
  EXPECT_EQ(list.find("agreed.after(cut)", "all")->n, 3U);
}

// Six on one side of a cut and four on the other, each with a branch of its own.
Story unequal(std::uint32_t longer) {
  Story story(10);
  story.cast.faults = {{"cut", "partition"}};
  story.tell(100, nobody.value, happened::fault_began, 0);
  story.mines(110, 0, 1, 0);
  for (std::uint32_t i = 1; i < 6; ++i) story.moves(111, i, 1);
  story.mines(120, 6, 2, 0);
  for (std::uint32_t i = 7; i < 10; ++i) story.moves(121, i, 2);
  story.mines(130, longer, 3, longer < 6 ? 1 : 2, 2);
  for (std::uint32_t i = longer < 6 ? 0 : 6; i < (longer < 6 ? 6U : 10U); ++i) story.moves(131, i, 3, 2);
  story.tell(200, nobody.value, happened::fault_ended, 0);
  for (std::uint32_t i = 0; i < 10; ++i) story.moves(210, i, 3, 2);
  return story;
}

TEST(PrevailedFewer, IsHowOftenTheHistoryOfTheFewerIsKept) {
  const MetricList won = unequal(7).told("agreed.after", 1000);
  EXPECT_EQ(won.find("prevailed.fewer(cut)", "value")->hits, 1U);
  EXPECT_EQ(won.find("prevailed.fewer(cut)", "value")->trials, 1U);
  const MetricList lost = unequal(2).told("agreed.after", 1000);
  EXPECT_EQ(lost.find("prevailed.fewer(cut)", "value")->hits, 0U);
  EXPECT_EQ(lost.find("prevailed.fewer(cut)", "value")->trials, 1U);
}

TEST(PrevailedFewer, WhoFoundNothingHasLostToWhoFoundSomething) {
  Story story(3);
  story.cast.faults = {{"cut", "partition"}};
  story.tell(100, nobody.value, happened::fault_began, 0);
  story.mines(110, 2, 1, 0);  // one alone; the two others stay at the beginning
  story.tell(200, nobody.value, happened::fault_ended, 0);
  story.moves(210, 0, 1);
  story.moves(210, 1, 1);
  EXPECT_EQ(story.told("agreed.after", 1000).find("prevailed.fewer(cut)", "value")->hits, 1U);
}

TEST(PrevailedFewer, HalvesAndASingleHistoryAreNoContest) {
  EXPECT_EQ(partition().told("agreed.after", 1000).find("prevailed.fewer(eu-cut)", "value")->trials, 0U);
  EXPECT_EQ(partition().told("agreed.after", 1000).find("prevailed.fewer(later)", "value")->standing,
            Standing::not_challenged);
}

}  // namespace
}  // namespace peerlab
