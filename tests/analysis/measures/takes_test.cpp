// What it takes, and who controls: from the rules that a system states and from what lies on its machines.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

using Why = Audit::Why;

/// `nodes` machines of as many owners, one private record of user 0, in the clear on the machines named.
Story one_record(std::uint32_t nodes, std::vector<std::uint32_t> holders) {
  Story story(nodes);
  for (std::uint32_t m = 0; m < nodes; ++m) story.cast.belongs.push_back({m, m, 0});
  story.request(Asked::publish, 0, 10);
  story.requests[0].record = {UserId(0), 0};
  story.requests[0].is_private = true;
  story.tell(11, 0, happened::operation_acked, 0);
  Audit& audit = story.audit(100, Why::end);
  for (const std::uint32_t m : holders) {
    audit.machines[m].store = true;
    audit.machines[m].writes = {0};
    ++audit.copies[0].on_line;
  }
  return story;
}

double told(const Story& story, const std::string& row, const std::string& metric, const std::string& stat) {
  const MetricList list = story.told(row, 100);
  const Metric* const m = list.find(metric, stat);
  EXPECT_NE(m, nullptr) << metric << "." << stat;
  return m == nullptr ? -1 : m->value;
}

TEST(Takes, OneMachineToReadWhatLiesThereAndAllHoldersToLoseIt) {
  const Story story = one_record(8, {2, 5, 6});
  EXPECT_EQ(told(story, "takes", "takes.read_half", "machines"), 1);
  EXPECT_EQ(told(story, "takes", "takes.lose", "machines"), 3);
  EXPECT_EQ(told(story, "takes", "takes.lose", "owners"), 3);
}

TEST(Takes, FewerOwnersThanMachinesWhereOneOwnsSeveral) {
  Story story = one_record(8, {2, 5, 6});
  for (const std::uint32_t m : {2U, 5U, 6U}) story.cast.belongs[m].owner = 2;
  EXPECT_EQ(told(story, "takes", "takes.lose", "machines"), 3);
  EXPECT_EQ(told(story, "takes", "takes.lose", "owners"), 1);
  EXPECT_EQ(told(story, "takes", "takes.lose", "exploits"), 1) << "all run the same version";
}

TEST(Takes, NoNumberOfMachinesLosesWhatABackupOutOfReachHolds) {
  Story story = one_record(4, {1});
  story.audits.back().backups[1].writes = {0};
  story.audits.back().copies[0].backups = 1;
  EXPECT_EQ(told(story, "takes", "takes.lose", "machines"), 1) << "the backup can be reached from its machine";
  story.audits.back().backups[1].reached = false;
  EXPECT_TRUE(std::isinf(told(story, "takes", "takes.lose", "machines")));
}

// The machine falls at a uniform place of a random order: half of the orders have reached it after half of the machines.
TEST(Takes, InRandomOrderASingleHolderFallsAfterHalfOfTheMachinesInHalfOfTheOrders) {
  const Story story = one_record(100, {17});
  EXPECT_NEAR(told(story, "takes", "takes.lose", "k50"), 50, 7);
  EXPECT_NEAR(told(story, "takes", "takes.lose", "k95"), 95, 4);
}

// k50 of a single holder among 100 machines: the share of orders that have got there is k / 100, known to about 3 points.
TEST(Takes, WilsonsIntervalLiesAroundTheQuantile) {
  const Story story = one_record(100, {17});
  const double low = told(story, "takes", "takes.lose", "k50.low");
  const double high = told(story, "takes", "takes.lose", "k50.high");
  EXPECT_LT(low, told(story, "takes", "takes.lose", "k50"));
  EXPECT_GT(high, told(story, "takes", "takes.lose", "k50"));
  EXPECT_NEAR(high - low, 6, 3);
}

TEST(Takes, OwnersFallInRandomOrderWithAllThatTheyHave) {
  Story story = one_record(100, {17, 50, 90});
  for (std::uint32_t m = 0; m < 100; ++m) story.cast.belongs[m].owner = m < 50 ? m : 100 + m / 25;
  for (const std::uint32_t m : {17U, 50U, 90U}) story.cast.belongs[m].owner = 7;
  EXPECT_NEAR(told(story, "takes", "takes.lose", "k50"), 80, 7) << "the last of three machines";
  EXPECT_NEAR(told(story, "takes", "takes.lose", "owners.k50"), 26, 4) << "one of 51 owners";
}

TEST(Takes, WhatASystemDoesNotSayHasNoFigure) {
  const Story story = one_record(4, {1});
  const MetricList list = story.told("takes", 100);
  EXPECT_EQ(list.find("takes.refuse", "machines")->standing, Standing::no_sample);
}

Power by_nodes(Feat feat, std::vector<NodeId> among, std::uint32_t needed) {
  return {.feat = feat, .rule = Power::Rule::nodes, .among = std::move(among), .needed = needed};
}

TEST(Control, OfAQuorumUnderOneOperatorIsHisAlone) {
  Story story(5);
  for (std::uint32_t m = 0; m < 5; ++m) story.cast.belongs.push_back({m, m, m});
  for (const std::uint32_t m : {2U, 3U, 4U}) story.cast.belongs[m].owner = 9;
  const std::vector<NodeId> servers{NodeId(2), NodeId(3), NodeId(4)};
  story.cast.powers = {by_nodes(Feat::stop_writes, servers, 2), by_nodes(Feat::refuse, {NodeId(2)}, 1),
                       by_nodes(Feat::undo, servers, 3), by_nodes(Feat::alter, {NodeId(2)}, 1)};
  EXPECT_EQ(told(story, "control", "control.stop", "owners"), 1);
  EXPECT_EQ(told(story, "control", "control.stop", "hosts"), 2);
  EXPECT_EQ(told(story, "control", "control.censor", "owners"), 1);
  EXPECT_EQ(told(story, "control", "control.rewrite", "owners"), 1);
  EXPECT_EQ(told(story, "takes", "takes.stop_writes", "machines"), 2);
}

TEST(Control, OfALedgerTakesMoreThanHalfOfTheHashPower) {
  Story story(10);
  for (std::uint32_t m = 0; m < 10; ++m) story.cast.belongs.push_back({m, m, 0});
  for (CastNode& node : story.cast.nodes) node.hash_power = 1;
  for (const Feat feat : {Feat::stop_writes, Feat::refuse, Feat::undo}) {
    story.cast.powers.push_back({.feat = feat, .rule = Power::Rule::hash_power});
  }
  story.cast.powers.push_back({.feat = Feat::alter, .rule = Power::Rule::never});
  EXPECT_EQ(told(story, "control", "control.stop", "owners"), 6) << "five of ten equal ones are exactly half";
  EXPECT_EQ(told(story, "control", "control.rewrite", "owners"), 6);
  EXPECT_TRUE(std::isinf(told(story, "takes", "takes.alter", "machines"))) << "what is signed nobody else alters";
  EXPECT_EQ(told(story, "takes", "takes.refuse", "hash_share"), 0.5);
  EXPECT_EQ(told(story, "takes", "takes.refuse", "owners.k95"), 6) << "whichever fall: they are equal";
  for (std::uint32_t n = 0; n < 3; ++n) story.cast.nodes[n].hash_power = 5;
  EXPECT_EQ(told(story, "control", "control.stop", "owners"), 3) << "three pools of 22 parts have 15";
}

}  // namespace
}  // namespace peerlab
