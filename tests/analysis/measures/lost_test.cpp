#include <gtest/gtest.h>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

using Why = Audit::Why;

Audit::Copies somewhere() {
  Audit::Copies copies;
  copies.on_line = 1;
  return copies;
}

/// Users 0 and 1; faults `one` and `two`; three acked publications at 10, 20 and 30 s of user 0.
Story three_photos() {
  Story story(2);
  story.cast.faults = {{"one", "wipe"}, {"two", "crash"}};
  for (std::uint32_t i = 0; i < 3; ++i) {
    story.request(Asked::publish, 0, 10.0 * (i + 1));
    story.requests.back().record = {UserId(0), i};
    story.tell(10.0 * (i + 1) + 1, 0, happened::operation_acked, i);
  }
  return story;
}
void strikes(Story& story, double s, std::uint32_t fault) { story.tell(s, 0, happened::fault_began, fault); }

TEST(Lost, CountsAckedRecordsThatNobodyHasAnyMore) {
  Story story = three_photos();
  strikes(story, 50, 0);
  story.audit(100, Why::end, {{0, somewhere()}, {1, somewhere()}});
  const MetricList list = story.told("lost", 100);
  EXPECT_EQ(list.find("lost", "value")->hits, 1U);
  EXPECT_EQ(list.find("lost", "value")->trials, 3U);
  EXPECT_EQ(list.find("lost.copy", "value")->hits, 1U);
  EXPECT_EQ(list.find("lost.key", "value")->hits, 0U);
}

TEST(Forgotten, IsWhatNobodyHasInAnyVersion) {
  Story story = three_photos();
  for (std::uint32_t i = 0; i < 3; ++i) {
    story.request(Asked::erase, 0, 50);
    story.requests.back().record = {UserId(0), i};
    if (i < 2) story.tell(51, 0, happened::operation_acked, 3 + i);  // the third erasure was never done
  }
  Audit::Copies kept;
  kept.on_line = 2;
  kept.backups = 1;
  story.audit(100, Why::end, {{1, kept}, {2, somewhere()}});
  const MetricList list = story.told("forgotten", 100);
  EXPECT_EQ(list.find("forgotten", "value")->hits, 1U);
  EXPECT_EQ(list.find("forgotten", "value")->trials, 2U);
  EXPECT_DOUBLE_EQ(list.find("forgotten.copies", "mean")->value, 1.5);
}

TEST(Forgotten, WhereNobodyErasesThereIsNoFigure) {
  Story story = three_photos();
  story.audit(100, Why::end, {});
  EXPECT_EQ(story.told("forgotten", 100).find("forgotten", "value")->standing, Standing::no_sample);
}

TEST(Lost, ABackupOrTheDiskOfAMachineThatIsOffIsEnough) {
  Story story = three_photos();
  strikes(story, 50, 0);
  Audit::Copies backup;
  backup.backups = 1;
  Audit::Copies off;
  off.off_line = 1;
  Audit::Copies at_home;
  at_home.elsewhere = 1;
  story.audit(100, Why::end, {{0, backup}, {1, off}, {2, at_home}});
  EXPECT_DOUBLE_EQ(story.told("lost", 100).find("lost", "value")->value, 0);
}

TEST(Lost, WhatIsSealedIsLostWithItsOwnersLastKey) {
  Story story = three_photos();
  story.cast.seals_private = true;
  story.request(Asked::transfer, 0, 40);
  story.requests[3].record = story.requests[2].record;
  story.requests[3].other = UserId(1);
  story.requests[2].is_private = story.requests[3].is_private = true;
  story.tell(41, 0, happened::operation_acked, 3);
  strikes(story, 50, 0);
  Audit::Copies sealed = somewhere();
  sealed.sealed = true;
  Audit& audit = story.audit(100, Why::end, {{0, sealed}, {1, somewhere()}, {2, sealed}, {3, sealed}});
  audit.keys[0] = 0;
  const MetricList list = story.told("lost", 100);
  EXPECT_EQ(list.find("lost.key", "value")->hits, 1U) << "not the open one, and not the one that was given away";
  EXPECT_EQ(list.find("lost.copy", "value")->hits, 0U);
  EXPECT_EQ(list.find("lost", "value")->hits, 1U);
}

// A service may do what it was asked for and its owner never hear of it; once it has folded its log, the older content is gone.
TEST(Lost, ALaterVersionThatWasNeverAckedStandsInAndADeletionThatWasNeverAckedEndsTheSearch) {
  Story story = three_photos();
  story.request(Asked::update, 0, 40);
  story.requests[3].record = story.requests[0].record;
  story.request(Asked::erase, 0, 41);
  story.requests[4].record = story.requests[1].record;
  strikes(story, 50, 0);
  story.audit(100, Why::end, {{2, somewhere()}, {3, somewhere()}});
  const Metric lost = *story.told("lost", 100).find("lost", "value");
  EXPECT_EQ(lost.hits, 0U);
  EXPECT_EQ(lost.trials, 2U);
  const Metric rpo = *story.told("rpo", 100).find("rpo(one)", "writes");
  EXPECT_DOUBLE_EQ(rpo.value, 0);
}

TEST(Lost, WithoutAnyThreatItIsNotChallenged) {
  Story calm = three_photos();
  calm.audit(100, Why::end);
  EXPECT_EQ(calm.told("lost", 100).find("lost", "value")->standing, Standing::not_challenged);
  for (const HappeningKind threat : {happened::disk_wiped, happened::operation_undone, happened::machine_down}) {
    Story story = three_photos();
    story.tell(50, 0, threat);
    story.audit(100, Why::end);
    EXPECT_EQ(story.told("lost", 100).find("lost", "value")->standing, Standing::measured);
  }
}

TEST(Lost, LooksAtTheCohortOnly) {
  Story story = three_photos();
  story.cast.warmup = at_second(15);
  story.cast.settle = seconds(75);
  strikes(story, 50, 0);
  story.audit(100, Why::end);
  EXPECT_EQ(story.told("lost", 100).find("lost", "value")->trials, 1U);
}

TEST(Rpo, ReachesBackToTheOldestWriteThatTheFaultDestroyed) {
  Story story = three_photos();
  story.audit(49, Why::before_fault, {{0, somewhere()}, {1, somewhere()}, {2, somewhere()}});
  strikes(story, 50, 0);
  story.audit(100, Why::end, {{0, somewhere()}});
  const MetricList list = story.told("rpo", 100);
  EXPECT_DOUBLE_EQ(list.find("rpo(one)", "value")->value, 50 - 21);
  EXPECT_DOUBLE_EQ(list.find("rpo(one)", "writes")->value, 2);
  EXPECT_EQ(list.find("rpo(two)", "value")->standing, Standing::not_challenged);
}

TEST(Rpo, BlamesTheLastFaultBeforeTheContentWasMissing) {
  Story story = three_photos();
  story.audit(49, Why::before_fault, {{0, somewhere()}, {1, somewhere()}, {2, somewhere()}});
  strikes(story, 50, 0);
  story.audit(69, Why::before_fault, {{1, somewhere()}, {2, somewhere()}});
  strikes(story, 70, 1);
  story.audit(100, Why::end, {{2, somewhere()}});
  const MetricList list = story.told("rpo", 100);
  EXPECT_DOUBLE_EQ(list.find("rpo(one)", "value")->value, 50 - 11);
  EXPECT_DOUBLE_EQ(list.find("rpo(one)", "writes")->value, 1);
  EXPECT_DOUBLE_EQ(list.find("rpo(two)", "value")->value, 70 - 21);
  EXPECT_DOUBLE_EQ(list.find("rpo(two)", "writes")->value, 1);
}

TEST(Rpo, AWriteAckedAfterTheBeginningCountsButReachesBackNowhere) {
  Story story = three_photos();
  story.audit(24, Why::before_fault, {{0, somewhere()}, {1, somewhere()}});
  // Rows come in rising time: the third photo is acked at 31 s, after the fault.
  story.rows.insert(story.rows.end() - 1, {at_second(25), NodeId(0), happened::fault_began, 0, 0, 0});
  story.audit(100, Why::end, {{0, somewhere()}, {1, somewhere()}});
  const MetricList list = story.told("rpo", 100);
  EXPECT_DOUBLE_EQ(list.find("rpo(one)", "value")->value, 0);
  EXPECT_DOUBLE_EQ(list.find("rpo(one)", "writes")->value, 1);
}

TEST(Rpo, NothingDestroyedIsZero) {
  Story story = three_photos();
  story.audit(49, Why::before_fault, {{0, somewhere()}, {1, somewhere()}, {2, somewhere()}});
  strikes(story, 50, 0);
  story.audit(100, Why::end, {{0, somewhere()}, {1, somewhere()}, {2, somewhere()}});
  const MetricList list = story.told("rpo", 100);
  EXPECT_DOUBLE_EQ(list.find("rpo(one)", "value")->value, 0);
  EXPECT_DOUBLE_EQ(list.find("rpo(one)", "writes")->value, 0);
  EXPECT_EQ(list.find("rpo(one)", "value")->n, 3U);
}

TEST(Rto, IsTheWaitUntilAWriteIssuedAfterTheBeginningIsAcked) {
  Story story = three_photos();
  story.rows.clear();
  story.tell(11, 0, happened::operation_acked, 0);
  strikes(story, 15, 0);
  story.tell(27, 0, happened::operation_acked, 1);
  story.tell(31, 0, happened::operation_acked, 2);
  EXPECT_DOUBLE_EQ(story.told("rto", 100).find("rto(one)", "value")->value, 12);
}

TEST(Rto, AnAckUnderWayWhenTheFaultBeganIsNoRecovery) {
  Story story = three_photos();
  story.rows.clear();
  strikes(story, 15, 0);
  story.tell(16, 0, happened::operation_acked, 0);
  story.tell(45, 0, happened::operation_acked, 2);
  EXPECT_DOUBLE_EQ(story.told("rto", 100).find("rto(one)", "value")->value, 30);
}

TEST(Rto, WithoutAnAckBeforeTheEndItIsCensoredAndWithoutAFaultNotChallenged) {
  Story story = three_photos();
  story.rows.clear();
  strikes(story, 15, 0);
  const MetricList list = story.told("rto", 100);
  EXPECT_TRUE(list.find("rto(one)", "value")->censored);
  EXPECT_DOUBLE_EQ(list.find("rto(one)", "value")->value, 85);
  EXPECT_EQ(list.find("rto(two)", "value")->standing, Standing::not_challenged);
}

TEST(Rto, WhenNothingWasWrittenAfterwardsThereIsNoSample) {
  Story story = three_photos();
  strikes(story, 50, 0);
  EXPECT_EQ(story.told("rto", 100).find("rto(one)", "value")->standing, Standing::no_sample);
}

}  // namespace
}  // namespace peerlab
