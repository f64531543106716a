#include <gtest/gtest.h>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

using Why = Audit::Why;

Audit::Copies on(std::uint32_t on_line, std::uint32_t off_line = 0, std::uint32_t backups = 0) {
  Audit::Copies copies;
  copies.on_line = on_line;
  copies.off_line = off_line;
  copies.backups = backups;
  return copies;
}

/// Publication `i` of record i.
void publish(Story& story, double s) {
  story.request(Asked::publish, 0, s);
  story.requests.back().record = {UserId(0), static_cast<std::uint32_t>(story.requests.size())};
}
void change(Story& story, Asked what, std::uint32_t publication, double s) {
  story.request(what, 0, s);
  story.requests.back().record = story.requests[publication].record;
}
void acked(Story& story, double s, std::uint32_t number) { story.tell(s, 0, happened::operation_acked, number); }

TEST(Copies, AreCountedPerLiveRecordOverAllAudits) {
  Story story(5);
  publish(story, 10);
  publish(story, 11);
  acked(story, 20, 0);
  acked(story, 150, 1);
  story.audit(100, Why::clock, {{0, on(3, 1)}, {1, on(5)}});
  story.audit(200, Why::end, {{0, on(4, 0, 2)}, {1, on(1)}});
  const MetricList list = story.told("copies", 200);
  EXPECT_DOUBLE_EQ(list.find("copies", "mean")->value, (4 + 4 + 1) / 3.0)
      << "the second was not acked at the first audit";
  EXPECT_DOUBLE_EQ(list.find("copies", "p50")->value, 4);
  EXPECT_DOUBLE_EQ(list.find("copies", "min")->value, 1);
  EXPECT_DOUBLE_EQ(list.find("copies.on_line", "mean")->value, (3 + 4 + 1) / 3.0);
  EXPECT_DOUBLE_EQ(list.find("copies.backups", "mean")->value, 2 / 3.0);
  EXPECT_EQ(list.find("copies", "mean")->n, 3U);
}

TEST(Copies, OfARecordWithoutAnyAreZeroAndNotLeftOut) {
  Story story(5);
  publish(story, 10);
  acked(story, 20, 0);
  story.audit(100, Why::end);
  EXPECT_DOUBLE_EQ(story.told("copies", 100).find("copies", "min")->value, 0);
}

TEST(Copies, AreThoseOfTheLastAckedVersion) {
  Story story(5);
  publish(story, 10);
  change(story, Asked::update, 0, 30);
  change(story, Asked::update, 0, 40);
  acked(story, 20, 0);
  acked(story, 35, 1);
  story.audit(100, Why::end, {{0, on(5)}, {1, on(2)}, {2, on(1)}});
  EXPECT_DOUBLE_EQ(story.told("copies", 100).find("copies", "mean")->value, 2);
}

TEST(Copies, ARecordThatItsOwnerHadDeletedOrThatWasUndoneIsNotLive) {
  Story story(5);
  publish(story, 10);
  publish(story, 11);
  change(story, Asked::erase, 0, 30);
  acked(story, 20, 0);
  acked(story, 21, 1);
  acked(story, 35, 2);
  story.tell(50, 0, happened::operation_undone, 1);
  story.audit(100, Why::end, {{0, on(5)}, {1, on(5)}});
  EXPECT_EQ(story.told("copies", 100).find("copies", "mean")->standing, Standing::no_sample);
}

TEST(Copies, ATransferBringsContentOnlyWhereItIsSealedAgain) {
  for (const bool seals : {false, true}) {
    Story story(5);
    story.cast.seals_private = seals;
    publish(story, 10);
    change(story, Asked::transfer, 0, 30);
    story.requests[0].is_private = story.requests[1].is_private = true;
    acked(story, 20, 0);
    acked(story, 35, 1);
    story.audit(100, Why::end, {{0, on(5)}, {1, on(2)}});
    EXPECT_DOUBLE_EQ(story.told("copies", 100).find("copies", "mean")->value, seals ? 2 : 5);
  }
}

TEST(Copies, AuditsBeforeFaultsAndBeforeTheWarmupAreNoSample) {
  Story story(5);
  story.cast.warmup = at_second(60);
  publish(story, 10);
  acked(story, 20, 0);
  story.audit(50, Why::clock, {{0, on(1)}});
  story.audit(70, Why::before_fault, {{0, on(1)}});
  story.audit(100, Why::end, {{0, on(5)}});
  EXPECT_DOUBLE_EQ(story.told("copies", 100).find("copies", "mean")->value, 5);
}

TEST(Completeness, IsTheShareOnTheMachineThatHoldsMost) {
  Story story(3);
  for (std::uint32_t i = 0; i < 4; ++i) {
    publish(story, 10 + i);
    acked(story, 20 + i, i);
  }
  publish(story, 30);  // never acked
  Audit& audit = story.audit(100, Why::end);
  audit.bundles = {{0, 1, 4}, {2}};
  audit.machines[0].bundles = {0};
  audit.machines[1].bundles = {0, 1};
  audit.machines[2].bundles = {0, 1};
  audit.machines[2].writes = {3};
  EXPECT_DOUBLE_EQ(story.told("completeness.top", 100).find("completeness.top", "end")->value, 1);
  audit.machines[2].hostile = true;
  EXPECT_DOUBLE_EQ(story.told("completeness.top", 100).find("completeness.top", "mean")->value, 0.75)
      << "an attacker's machine is not asked";
}

}  // namespace
}  // namespace peerlab
