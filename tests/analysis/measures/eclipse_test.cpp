#include <gtest/gtest.h>

#include "models/node/peering.h"
#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

/// Node 3 is the attacker's; everybody has two slots.
Story slots() {
  Story story(4);
  story.cast.nodes[3].attacker = true;
  return story;
}
void opens(Story& story, double s, std::uint32_t who, std::uint32_t peer) {
  story.tell(s, who, happened::outbound_opened, peer, 0, 2);
}
void closes(Story& story, double s, std::uint32_t who, std::uint32_t peer) {
  story.tell(s, who, happened::outbound_closed, peer, 0, 2);
}

TEST(Eclipse, CountsSlotsOfTheAttackerOverTimeAndAtTheEnd) {
  Story story = slots();
  opens(story, 0, 0, 3);
  opens(story, 0, 0, 1);
  opens(story, 0, 1, 0);
  opens(story, 50, 1, 3);
  opens(story, 50, 3, 0);  // what the attacker has is nobody's loss
  const MetricList list = story.told("eclipse", 100);
  EXPECT_DOUBLE_EQ(list.find("eclipse.taken", "mean")->value, (0.5 * 100 + 0.5 * 50) / 200);
  EXPECT_DOUBLE_EQ(list.find("eclipse.taken", "end")->value, 0.5);
  EXPECT_EQ(list.find("eclipse.all", "end")->hits, 0U);
  EXPECT_EQ(list.find("eclipse.all", "end")->trials, 2U) << "node 2 never chose anybody";
}

TEST(Eclipse, IsWholeWhenAllSlotsAreTakenAndOverWhenOneIsGivenBack) {
  Story story = slots();
  story.cast.nodes.push_back(story.cast.nodes[3]);
  story.cast.nodes[0].victim = true;
  story.totals.machines.resize(5);
  opens(story, 0, 0, 3);
  opens(story, 20, 0, 4);
  closes(story, 60, 0, 4);
  opens(story, 60, 1, 2);  // no victim: another one is named
  const MetricList list = story.told("eclipse", 100);
  EXPECT_EQ(list.find("eclipse.all", "end")->hits, 0U);
  EXPECT_EQ(list.find("eclipse.all", "end")->trials, 1U);
  EXPECT_EQ(list.find("eclipse.all", "ever")->hits, 1U);
  EXPECT_DOUBLE_EQ(list.find("eclipse.all", "mean")->value, 0.4);
}

TEST(Eclipse, AMachineThatGoesOffHasNoNeighbours) {
  Story story = slots();
  opens(story, 0, 0, 3);
  opens(story, 0, 0, 1);
  story.down(50, 0);
  story.up(60, 0);
  opens(story, 60, 0, 1);
  const MetricList list = story.told("eclipse", 100);
  EXPECT_DOUBLE_EQ(list.find("eclipse.taken", "mean")->value, 0.25);
  EXPECT_DOUBLE_EQ(list.find("eclipse.taken", "end")->value, 0);
}

TEST(Eclipse, WithoutAnAttackerIsNotChallengedAndOnAFixedGraphHasNoSample) {
  Story calm(2);
  opens(calm, 0, 0, 1);
  EXPECT_EQ(calm.told("eclipse", 10).find("eclipse.taken", "mean")->standing, Standing::not_challenged);
  Story fixed = slots();
  EXPECT_EQ(fixed.told("eclipse", 10).find("eclipse.all", "end")->standing, Standing::no_sample);
}

}  // namespace
}  // namespace peerlab
