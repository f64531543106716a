#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

constexpr RecordName photo{UserId(0), 1};
constexpr RecordName other{UserId(0), 2};

void ask(Story& story, Asked what, std::uint32_t user, double s, RecordName record = photo) {
  story.request(what, user, s);
  story.requests.back().record = record;
}

void answer(Story& story, double s, std::uint32_t read, std::uint64_t version, bool genuine = true) {
  story.tell(s, 1, happened::read_answered, read, genuine ? 1 : 0, version);
}

// User 0 publishes a photo (0, acked at 110 s) and replaces it (1, acked at 260 s); user 1 reads nine times, each with a deadline of
// a minute:
//
//   read   issued  answered  version   misses
//   2      205     205.1     0         nothing: 1 is acked later
//   3      270     270.2     0         1, acked 10 s ago
//   4      400     400.5     1         nothing
//   5      500     500.3     0         1, acked 240 s ago
//   6      600     never
//   7      700     790       1         nothing, but late
//   8      800     800.1     1         rejected: a wrong signature
//   9      900     900.1     none      nothing: of another record, which nobody wrote
//   10     950     950.1     none      0, acked 840 s ago, and 1
Story a_photo_and_its_readers() {
  Story story(2);
  ask(story, Asked::publish, 0, 100);
  ask(story, Asked::update, 0, 200);
  for (const double s : {205, 270, 400, 500, 600, 700, 800}) ask(story, Asked::read, 1, s);
  ask(story, Asked::read, 1, 900, other);
  ask(story, Asked::read, 1, 950);
  story.tell(110, 0, happened::operation_acked, 0, 6);
  answer(story, 205.1, 2, 0);
  story.tell(260, 0, happened::operation_acked, 1, 6);
  answer(story, 270.2, 3, 0);
  answer(story, 400.5, 4, 1);
  answer(story, 500.3, 5, 0);
  answer(story, 790, 7, 1);
  answer(story, 800.1, 8, 1, false);
  answer(story, 900.1, 9, happened::no_version, false);
  answer(story, 950.1, 10, happened::no_version, false);
  return story;
}

TEST(AvailableReads, AreTheAuthenticAnswersWithinTheDeadline) {
  const MetricList list = a_photo_and_its_readers().told("available.reads", 9000);
  const Metric& own = *list.find("available.reads.any", "value");
  EXPECT_EQ(own.hits, 4U) << "2, 3, 4 and 5";
  EXPECT_EQ(own.trials, 9U);
  EXPECT_EQ(list.find("available.reads.any(1 s)", "value")->hits, 4U);
  EXPECT_EQ(list.find("available.reads.any(1 min)", "value")->hits, 4U);
  EXPECT_EQ(list.find("available.reads.any(10 min)", "value")->hits, 5U) << "and 7, after 90 s";
  EXPECT_EQ(list.find("available.reads.any(2 h)", "value")->trials, 9U);
  EXPECT_EQ(list.find("available.reads.off_line", "count")->value, 0);
}

// A curve spoke of other reads at every deadline: of those alone that were issued so long before the end.
TEST(AvailableReads, SpeakOfTheSameReadsAtEveryDeadline) {
  const MetricList list = a_photo_and_its_readers().told("available.reads", 1100);
  EXPECT_EQ(list.find("available.reads.any(1 min)", "value")->trials, 9U);
  EXPECT_EQ(list.find("available.reads.any(10 min)", "value")->standing, Standing::no_sample) << "not all had so long";
  EXPECT_EQ(list.find("available.reads.any(1 h)", "value")->standing, Standing::no_sample);
}

TEST(AvailableReads, TellADeadlineThatIsAskedFor) {
  const MetricList list = a_photo_and_its_readers().told("available.reads", 9000, "90 s");
  ASSERT_EQ(list.metrics.size(), 1U);
  EXPECT_EQ(list.metrics[0].metric, "available.reads.any(90 s)");
  EXPECT_EQ(list.metrics[0].hits, 5U);
}

TEST(FreshReads, MissNothingAckedMoreThanFAgo) {
  const MetricList list = a_photo_and_its_readers().told("available.fresh", 9000);
  const auto hits = [&](const std::string& age) {
    const Metric& m = *list.find("available.reads.fresh(" + age + ")", "value");
    EXPECT_EQ(m.trials, 9U);
    return m.hits;
  };
  EXPECT_EQ(hits("0 s"), 2U) << "2 and 4";
  EXPECT_EQ(hits("10 s"), 3U) << "and 3, which misses what was acked 10 s ago, not more";
  EXPECT_EQ(hits("1 min"), 3U);
  EXPECT_EQ(hits("10 min"), 4U) << "and 5; 7 was late, 10 says that there is nothing";
  EXPECT_EQ(hits("1 h"), 4U);
  const MetricList asked = a_photo_and_its_readers().told("available.fresh", 9000, "9 s");
  ASSERT_EQ(asked.metrics.size(), 1U);
  EXPECT_EQ(asked.metrics[0].hits, 2U);
}

TEST(Staleness, IsTheAgeOfTheOldestAckedWriteThatTheAnswerMisses) {
  const MetricList list = a_photo_and_its_readers().told("staleness", 9000);
  // 0 0 0 0 10 240 840 seconds: reads 2, 4, 7, 9, 3, 5, 10.
  EXPECT_EQ(list.find("staleness", "p50")->n, 7U);
  EXPECT_DOUBLE_EQ(list.find("staleness", "p50")->value, 0);
  EXPECT_DOUBLE_EQ(list.find("staleness", "p90")->value, 840);
  EXPECT_DOUBLE_EQ(list.find("staleness", "max")->value, 840);
  EXPECT_EQ(list.find("staleness.reads", "value")->hits, 3U);
  EXPECT_EQ(list.find("staleness.reads", "value")->trials, 7U);
}

TEST(LatencyRead, CountsReadsWithoutAnAuthenticAnswerAsInfinitelySlow) {
  const MetricList list = a_photo_and_its_readers().told("latency.read", 9000);
  // 0.1 0.2 0.3 0.5 90 and four times never.
  EXPECT_EQ(list.find("latency.read", "p50")->n, 9U);
  EXPECT_DOUBLE_EQ(list.find("latency.read", "p50")->value, 90);
  EXPECT_TRUE(std::isinf(list.find("latency.read", "p90")->value));
}

TEST(Reads, BelongToTheCohortOfWarmupAndSettle) {
  Story story = a_photo_and_its_readers();
  story.cast.warmup = at_second(270);
  story.cast.settle = seconds(500);
  const MetricList list = story.told("latency.read", 1000);
  EXPECT_EQ(list.find("latency.read", "p50")->n, 3U) << "those of 270, 400 and 500 s";
  EXPECT_DOUBLE_EQ(list.find("latency.read", "p99")->value, 0.5);
  EXPECT_DOUBLE_EQ(story.told("staleness", 1000).find("staleness", "max")->value, 240)
      << "writes of the warmup count as missing like all others";
}

TEST(Reads, OfMachinesThatAreOffAreCountedApart) {
  Story story = a_photo_and_its_readers();
  story.tell(590, 1, happened::machine_down);
  story.tell(650, 1, happened::machine_up);
  std::stable_sort(story.rows.begin(), story.rows.end(), [](const Row& a, const Row& b) { return a.at < b.at; });
  const MetricList list = story.told("available.reads", 9000);
  EXPECT_EQ(list.find("available.reads.any", "value")->trials, 8U);
  EXPECT_EQ(list.find("available.reads.off_line", "count")->value, 1);
}

TEST(Reads, WithoutReadsThereIsNothingToMeasure) {
  Story story(1);
  story.request(Asked::publish, 0, 10);
  EXPECT_EQ(story.told("staleness", 100).find("staleness", "max")->standing, Standing::no_sample);
  EXPECT_EQ(story.told("latency.read", 100).find("latency.read", "p50")->standing, Standing::no_sample);
  EXPECT_EQ(story.told("available.reads", 100).find("available.reads.any", "value")->standing, Standing::no_sample);
}

// The largest staleness of one read at 400 s that is answered with `version`.
double staleness_of(Story story, std::uint64_t version) {
  const auto read = static_cast<std::uint32_t>(story.requests.size());
  ask(story, Asked::read, 1, 400);
  answer(story, 400, read, version, version != happened::no_version);
  return story.told("staleness", 9000).find("staleness", "max")->value;
}

TEST(Staleness, DoesNotTakeADelayedAckOrADelayedWriteForAMissingOne) {
  // The ack of update 1 came late, after that of update 2: which was done first cannot be told from outside.
  Story story(2);
  ask(story, Asked::publish, 0, 100);
  ask(story, Asked::update, 0, 200);
  ask(story, Asked::update, 0, 210);
  story.tell(110, 0, happened::operation_acked, 0);
  story.tell(220, 0, happened::operation_acked, 2);
  story.tell(300, 0, happened::operation_acked, 1);
  EXPECT_DOUBLE_EQ(staleness_of(story, 2), 0);
  EXPECT_DOUBLE_EQ(staleness_of(story, 1), 0);
  EXPECT_DOUBLE_EQ(staleness_of(story, 0), 180) << "the oldest of the two that are missing was acked at 220 s";
  EXPECT_DOUBLE_EQ(staleness_of(story, happened::no_version), 290);
}

TEST(Staleness, MayBeOfAVersionThatIsNotAckedYet) {
  Story story(2);
  ask(story, Asked::publish, 0, 100);
  ask(story, Asked::update, 0, 200);
  ask(story, Asked::transfer, 0, 210);
  story.tell(110, 0, happened::operation_acked, 0);
  story.tell(350, 0, happened::operation_acked, 2);
  EXPECT_DOUBLE_EQ(staleness_of(story, 1), 50) << "1 is not acked, and 2 comes after it";
  EXPECT_DOUBLE_EQ(staleness_of(story, 2), 0);
}

TEST(Staleness, ExpectsAnErasureLikeAnyOtherWrite) {
  Story story(2);
  ask(story, Asked::publish, 0, 100);
  ask(story, Asked::erase, 0, 200);
  story.tell(110, 0, happened::operation_acked, 0);
  story.tell(250, 0, happened::operation_acked, 1);
  EXPECT_DOUBLE_EQ(staleness_of(story, 1), 0);
  EXPECT_DOUBLE_EQ(staleness_of(story, 0), 150) << "deleted content that is still served";
}

TEST(Staleness, MissesWhatWasPromisedAndUndone) {
  Story story(2);
  ask(story, Asked::publish, 0, 100);
  ask(story, Asked::update, 0, 200);
  story.tell(110, 0, happened::operation_acked, 0);
  story.tell(260, 0, happened::operation_acked, 1);
  story.tell(300, 0, happened::operation_undone, 1);
  EXPECT_DOUBLE_EQ(staleness_of(story, 0), 140);
}

TEST(Staleness, IsBlindToWritesOfOtherRecordsAndToMoney) {
  Story story(2);
  ask(story, Asked::publish, 0, 100);
  ask(story, Asked::publish, 0, 110, other);
  ask(story, Asked::pay, 0, 120);  // a payment's record means nothing
  for (std::uint32_t i = 0; i < 3; ++i) story.tell(130 + i, 0, happened::operation_acked, i);
  EXPECT_DOUBLE_EQ(staleness_of(story, 0), 0);
  EXPECT_DOUBLE_EQ(staleness_of(story, 1), 270) << "a version of another record is none of this one";
}

TEST(Reads, AreAnsweredOnceAndStrangeRowsChangeNothing) {
  Story story = a_photo_and_its_readers();
  answer(story, 1000, 5, 1);                                            // a second answer to read 5
  answer(story, 1000, 0, 1);                                            // an answer to a write
  story.tell(1000, 1, happened::read_answered, 0xffffffffffffffff, 1);  // to nothing
  EXPECT_DOUBLE_EQ(story.told("staleness", 9000).find("staleness", "max")->value, 840);
  EXPECT_EQ(story.told("staleness", 9000).find("staleness.reads", "value")->hits, 3U);
}

TEST(Reads, PoolOverRuns) {
  for (const char* row : {"available.reads", "available.fresh", "staleness", "latency.read"}) {
    const Story story = a_photo_and_its_readers();
    auto pooled = story.fold(row, 9000);
    MetricList one;
    pooled->metrics(one);
    pooled->merge(*story.fold(row, 9000));
    MetricList two;
    pooled->metrics(two);
    EXPECT_EQ(two.metrics[0].n, 2 * one.metrics[0].n) << row;
    EXPECT_EQ(two.metrics.back().hits, 2 * one.metrics.back().hits) << row;
  }
}

}  // namespace
}  // namespace peerlab
