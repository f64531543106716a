#include <gtest/gtest.h>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

TEST(Download, IsWhatUsersMachinesReceivedAndNotWhatServersDid) {
  Story story(5);
  for (std::uint32_t i = 0; i < 5; ++i) story.totals.machines[i].bytes_received = 100 * (i + 1);
  story.cast.nodes[4].user = UserId();  // a server
  const MetricList list = story.told("download", 100);
  EXPECT_EQ(list.find("download", "p50")->n, 4U);
  EXPECT_DOUBLE_EQ(list.find("download", "p50")->value, 200);
  EXPECT_DOUBLE_EQ(list.find("download", "max")->value, 400);
}

TEST(Download, CountsAMachineOnceAndNoAttackers) {
  Story story(3);
  for (std::uint32_t i = 0; i < 3; ++i) story.totals.machines[i].bytes_received = 100 * (i + 1);
  story.cast.nodes[1].machine = MachineId(0);  // two nodes on one machine
  story.cast.nodes[2].attacker = true;
  EXPECT_EQ(story.told("download", 100).find("download", "max")->n, 1U);
}

TEST(Download, PoolsTheMachinesOfAllRuns) {
  Story story(3);
  auto pooled = story.fold("download", 100);
  pooled->merge(*story.fold("download", 100));
  MetricList list;
  pooled->metrics(list);
  EXPECT_EQ(list.find("download", "p50")->n, 6U);
}

}  // namespace
}  // namespace peerlab
