#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

// Four payments a minute apart: accepted after 1, 2, 3 s and never; acked after 10, 100 s, never, never.
Story four_payments() {
  Story story(2);
  for (std::uint32_t k = 0; k < 4; ++k) story.request(Asked::pay, 0, 100 + 60 * k);
  for (std::uint32_t k = 0; k < 3; ++k) story.tell(101 + 61 * k, 0, happened::operation_accepted, k);
  story.tell(110, 0, happened::operation_acked, 0, 6);
  story.tell(260, 0, happened::operation_acked, 1, 6);
  return story;
}

TEST(Latency, CountsTheUnfinishedAsInfinitelySlow) {
  const MetricList list = four_payments().told("latency", 4000);
  EXPECT_DOUBLE_EQ(list.find("latency.accepted", "p50")->value, 2);
  EXPECT_TRUE(std::isinf(list.find("latency.accepted", "p90")->value));
  EXPECT_DOUBLE_EQ(list.find("latency.acked", "p50")->value, 100);
  EXPECT_EQ(list.find("latency.acked", "p50")->n, 4U);
}

TEST(Latency, ReadsAreNoWrites) {
  Story story(1);
  story.request(Asked::read, 0, 10);
  EXPECT_EQ(story.told("latency", 100).find("latency.acked", "p50")->standing, Standing::no_sample);
}

TEST(Latency, IsFinalWhenTheSystemSaysSo) {
  Story story = four_payments();
  story.tell(700, 0, happened::operation_final, 0, 6);
  story.tell(800, 0, happened::operation_final, 0, 7);  // again, after a reorganisation: the first counts
  story.tell(900, 0, happened::operation_final, 1, 6);
  story.tell(901, 0, happened::operation_final, 2, 6);
  const MetricList list = story.told("latency", 4000);
  EXPECT_DOUBLE_EQ(list.find("latency.final", "p50")->value, 681) << "600, 740, 681 and never";
  EXPECT_TRUE(std::isinf(list.find("latency.final", "p90")->value));
}

TEST(Latency, IsFinalWhenEnoughCopiesAreFlushedAndTheUserKnows) {
  Story story(3);
  for (std::uint32_t k = 0; k < 3; ++k) story.request(Asked::pay, 0, 100);
  story.tell(110, 1, happened::operation_flushed, 0, 2);
  story.tell(111, 1, happened::operation_flushed, 0, 2);  // the same server again is no second copy
  story.tell(112, 0, happened::operation_acked, 0, 1);
  story.tell(120, 2, happened::operation_flushed, 0, 2);
  story.tell(121, 1, happened::operation_flushed, 1, 2);
  story.tell(122, 2, happened::operation_flushed, 1, 2);
  story.tell(140, 0, happened::operation_acked, 1, 1);  // flushed before it was acked
  story.tell(141, 1, happened::operation_flushed, 2, 2);
  story.tell(142, 0, happened::operation_acked, 2, 1);  // asynchronous: acked, and on one disk only
  const MetricList list = story.told("latency", 4000);
  EXPECT_DOUBLE_EQ(list.find("latency.final", "p50")->value, 40) << "20, 40 and never";
  EXPECT_TRUE(std::isinf(list.find("latency.final", "p99")->value));
}

TEST(Available, IsTheShareAckedWithinTheOperationsOwnDeadline) {
  const MetricList list = four_payments().told("available", 9000);
  const Metric& own = *list.find("available.writes", "value");
  EXPECT_EQ(own.hits, 1U) << "the deadline is one minute";
  EXPECT_EQ(own.trials, 4U);
  EXPECT_DOUBLE_EQ(list.find("available.writes(1 s)", "value")->value, 0);
  EXPECT_DOUBLE_EQ(list.find("available.writes(10 min)", "value")->value, 0.5);
}

// A curve spoke of other writes at every deadline: of those alone that were issued so long before the end.
TEST(Available, SpeaksOfTheSameWritesAtEveryDeadline) {
  const MetricList list = four_payments().told("available", 100 + 60 + 600);
  EXPECT_EQ(list.find("available.writes(1 min)", "value")->trials, 4U);
  EXPECT_EQ(list.find("available.writes(10 min)", "value")->standing, Standing::no_sample) << "not all had so long";
  EXPECT_EQ(list.find("available.writes(1 h)", "value")->standing, Standing::no_sample);
}

TEST(Available, TakesWhatWasAckedInTimeHoweverSoonTheEndCame) {
  Story story(3);
  story.request(Asked::pay, 0, 100);
  story.tell(105, 0, happened::operation_acked, 0, 1);
  const Metric far = *story.told("available", 200).find("available.writes(2 h)", "value");
  EXPECT_EQ(far.hits, 1U);
  EXPECT_EQ(far.trials, 1U);
}

TEST(Available, TellsADeadlineThatIsAskedFor) {
  const MetricList list = four_payments().told("available", 9000, "100 s");
  ASSERT_EQ(list.metrics.size(), 1U);
  EXPECT_EQ(list.metrics[0].hits, 2U);
}

TEST(Available, CountsTheDemandOfMachinesThatAreOffApart) {
  Story story = four_payments();
  story.rows.insert(story.rows.begin(), {at_second(150), NodeId(0), happened::machine_down, 0, 0, 0});
  story.rows.insert(story.rows.begin() + 1, {at_second(170), NodeId(0), happened::machine_up, 0, 0, 0});
  std::stable_sort(story.rows.begin(), story.rows.end(), [](const Row& a, const Row& b) { return a.at < b.at; });
  const MetricList list = story.told("available", 9000);
  EXPECT_EQ(list.find("available.writes", "value")->trials, 3U) << "the payment of 160 s was nobody's to serve";
  EXPECT_EQ(list.find("available.off_line", "count")->value, 1);
}

TEST(Reverted, IsTheShareOfAckedOperationsUndoneLater) {
  Story story = four_payments();
  story.tell(300, 0, happened::reorganised, 5, 7, 8);
  story.tell(300, 0, happened::operation_undone, 0);
  story.tell(300, 0, happened::operation_undone, 1);
  story.tell(400, 0, happened::operation_acked, 0, 6);  // comes back
  const MetricList list = story.told("reverted", 4000);
  EXPECT_DOUBLE_EQ(list.find("reverted", "value")->value, 1);
  EXPECT_EQ(list.find("reverted", "value")->trials, 2U);
  EXPECT_DOUBLE_EQ(list.find("reverted.lost", "value")->value, 0.5);
}

TEST(Reverted, WithoutAThreatWasNotChallenged) {
  const MetricList list = four_payments().told("reverted", 4000);
  EXPECT_EQ(list.find("reverted", "value")->standing, Standing::not_challenged);
}

TEST(Reverted, WithAThreatAndNoLossIsZeroOfSo) {
  Story story = four_payments();
  story.tell(300, 0, happened::reorganised, 5, 1, 2);
  const MetricList list = story.told("reverted", 4000);
  EXPECT_EQ(list.find("reverted", "value")->hits, 0U);
  EXPECT_EQ(list.find("reverted", "value")->trials, 2U);
}

TEST(Writes, PoolOverRuns) {
  for (const char* row : {"latency", "available", "reverted"}) {
    Story story = four_payments();
    story.tell(300, 0, happened::reorganised, 5, 1, 2);
    auto pooled = story.fold(row, 4000);
    MetricList one;
    pooled->metrics(one);
    pooled->merge(*story.fold(row, 4000));
    MetricList two;
    pooled->metrics(two);
    EXPECT_EQ(two.metrics[0].n, 2 * one.metrics[0].n) << row;
  }
}

}  // namespace
}  // namespace peerlab
