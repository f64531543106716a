#include <gtest/gtest.h>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

// A ledger with a block a minute: the first write is deepened at 30, 90, 150 s, acked at depth 3; the second stays accepted.
Story two_writes() {
  Story story(2);
  story.cast.block_interval = seconds(60);
  story.request(Asked::pay, 0, 100);
  story.request(Asked::pay, 1, 100);
  story.tell(101, 0, happened::operation_accepted, 0);
  story.tell(103, 1, happened::operation_accepted, 1);
  for (std::uint32_t d = 1; d <= 3; ++d) story.tell(70 + 60 * d, 0, happened::operation_deepened, 0, d);
  story.tell(250, 0, happened::operation_acked, 0, 3);
  return story;
}

TEST(AckRules, GiveACurveForEveryRule) {
  const MetricList list = two_writes().told("available.rules", 9000);
  const auto at = [&](const char* metric) { return list.find(metric, "value")->value; };
  EXPECT_DOUBLE_EQ(at("available.accepted(1 s)"), 0.5);
  EXPECT_DOUBLE_EQ(at("available.accepted(5 s)"), 1);
  EXPECT_DOUBLE_EQ(at("available.depth_1(10 s)"), 0);
  EXPECT_DOUBLE_EQ(at("available.depth_1(30 s)"), 0.5);
  EXPECT_DOUBLE_EQ(at("available.depth_2(1 min)"), 0);
  EXPECT_DOUBLE_EQ(at("available.depth_2(2 min)"), 0.5);
  EXPECT_DOUBLE_EQ(at("available.depth_3(2 min)"), 0);
  EXPECT_DOUBLE_EQ(at("available.depth_3(5 min)"), 0.5);
}

TEST(AckRules, DeeperThanTheSystemsOwnHaveNoFigure) {
  const MetricList list = two_writes().told("available.rules", 9000);
  EXPECT_EQ(list.find("available.depth_6(1 h)", "value")->standing, Standing::no_sample);
  EXPECT_EQ(list.find("available.depth_6(1 h)", "value")->note, "its ack rule asks for less");
}

TEST(AckRules, AServicesAnswerHasNoDepth) {
  Story story = two_writes();
  story.cast.block_interval = {};
  const MetricList list = story.told("available.rules", 9000);
  EXPECT_EQ(list.find("available.depth_1(1 h)", "value")->note, "its answers have no depth");
  EXPECT_DOUBLE_EQ(list.find("available.accepted(5 s)", "value")->value, 1);
}

TEST(AckRules, ABlockThatBringsSeveralDepthsAtOnceCountsForAll) {
  Story story = two_writes();
  story.tell(260, 1, happened::operation_deepened, 1, 3);
  EXPECT_DOUBLE_EQ(story.told("available.rules", 9000).find("available.depth_2(5 min)", "value")->value, 1);
}

TEST(AckRules, TellADeadlineThatIsAskedFor) {
  const MetricList list = two_writes().told("available.rules", 9000, "45 s");
  ASSERT_EQ(list.metrics.size(), 5U);
  EXPECT_DOUBLE_EQ(list.find("available.depth_1(45 s)", "value")->value, 0.5);
}

}  // namespace
}  // namespace peerlab
