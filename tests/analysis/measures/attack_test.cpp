#include <gtest/gtest.h>

#include <cmath>

#include "models/node/attempt.h"
#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

// Node 3 attacks with a third of the power. Main chain 1-2-4-5-6, of which 2, 4 and 6 are the attacker's; block 3 of node 0 and block 7
// of the attacker are lost.
Story pool() {
  Story story(4);
  story.cast.nodes[3].attacker = true;
  for (CastNode& node : story.cast.nodes) node.hash_power = 2;
  story.cast.nodes[3].hash_power = 3;
  story.mines(600, 0, 1, 0, 1);
  story.mines(1200, 3, 2, 1, 2);
  story.mines(1300, 0, 3, 1, 2);
  story.mines(1800, 3, 4, 2, 3);
  story.mines(2400, 1, 5, 4, 4);
  story.mines(2500, 3, 7, 4, 4);
  story.mines(3000, 3, 6, 5, 5);
  for (std::uint32_t who = 0; who < 3; ++who) story.moves(3100, who, 6, 5);
  return story;
}

TEST(Revenue, IsTheAttackersPartOfTheSettledChain) {
  const MetricList list = pool().told("revenue", 3600);
  EXPECT_DOUBLE_EQ(list.find("revenue.share", "value")->value, 0.6);
  EXPECT_EQ(list.find("revenue.share", "value")->hits, 3U);
  EXPECT_EQ(list.find("revenue.share", "value")->trials, 5U);
  EXPECT_NEAR(list.find("revenue.hash_share", "value")->value, 1.0 / 3, 1e-9);
  EXPECT_DOUBLE_EQ(list.find("revenue.per_hour", "mean")->value, 3);
  EXPECT_EQ(list.find("revenue.per_hour", "after")->standing, Standing::no_sample);
}

TEST(Revenue, IsCountedApartBeforeAndAfterTheFirstChangeOfTheDifficulty) {
  Story story = pool();
  story.cast.retarget_interval = 4;  // from block 5 on, at 2400 s
  const MetricList list = story.told("revenue", 3600);
  EXPECT_DOUBLE_EQ(list.find("revenue.per_hour", "before")->value, 2 / (2400.0 / 3600));
  EXPECT_DOUBLE_EQ(list.find("revenue.per_hour", "after")->value, 1 / (1200.0 / 3600));
}

TEST(Revenue, WithoutAMiningAttackerIsNotChallenged) {
  Story story = pool();
  story.cast.nodes[3].attacker = false;
  EXPECT_EQ(story.told("revenue", 3600).find("revenue.share", "value")->standing, Standing::not_challenged);
  EXPECT_EQ(story.told("mpu", 3600).find("mpu_node_adv", "value")->standing, Standing::not_challenged);
  EXPECT_EQ(story.told("attack.success", 3600).find("attack.success", "value")->standing, Standing::not_challenged);
}

TEST(Utilisation, IsWhatEndedUpInTheChainOfWhatWasMined) {
  Story story = pool();
  story.cast.settle = seconds(300);  // block 6, at 3000 s, still counts; a later end would not change that
  const MetricList list = story.told("mpu", 3600);
  EXPECT_EQ(list.find("mpu_node_overall", "value")->hits, 5U);
  EXPECT_EQ(list.find("mpu_node_overall", "value")->trials, 7U);
  EXPECT_EQ(list.find("mpu_node_adv", "value")->hits, 3U);
  EXPECT_EQ(list.find("mpu_node_adv", "value")->trials, 4U);
}

TEST(Utilisation, PoolsBlocksOverRuns) {
  auto pooled = pool().fold("mpu", 3600);
  pooled->merge(*pool().fold("mpu", 3600));
  MetricList list;
  pooled->metrics(list);
  EXPECT_EQ(list.find("mpu_node_overall", "value")->trials, 14U);
}

TEST(AttackSuccess, IsJudgedByTheMainChainAndNotByTheAttacker) {
  Story story = pool();
  const auto attempt = [&](std::uint64_t number, double from, double to, bool published, std::uint64_t proof) {
    story.tell(from, 3, happened::attempt_began, number, 0, 0);
    if (to > 0) story.tell(to, 3, happened::attempt_ended, number, published ? 1 : 0, proof);
  };
  attempt(1, 1100, 1800, true, 4);  // is in the chain
  attempt(2, 1900, 2600, true, 7);  // says so, and is not
  attempt(3, 2700, 2800, false, 0);
  attempt(4, 2900, 0, false, 0);    // still under way
  attempt(5, 3590, 3595, true, 6);  // began when nothing counts any more
  story.cast.settle = seconds(60);
  const MetricList list = story.told("attack.success", 3600);
  EXPECT_EQ(list.find("attack.success", "value")->hits, 1U);
  EXPECT_EQ(list.find("attack.success", "value")->trials, 4U);
  EXPECT_DOUBLE_EQ(list.find("attack.duration", "max")->value, 700);
}

// Users 1 and 2 are victims; all write once at 100 s.
Story censors() {
  Story story(4);
  story.cast.nodes[0].attacker = true;
  story.cast.nodes[1].victim = true;
  story.cast.nodes[2].victim = true;
  for (std::uint32_t user = 0; user < 4; ++user) story.request(Asked::publish, user, 100);
  for (std::uint32_t user = 0; user < 4; ++user) story.tell(101, user, happened::operation_accepted, user);
  return story;
}

TEST(Censored, IsTheShareOfTheVictimsWritesThatAreNeverAcked) {
  Story story = censors();
  story.tell(160, 1, happened::operation_acked, 1, 1);
  story.tell(130, 3, happened::operation_acked, 3, 1);
  const MetricList list = story.told("censored", 1000);
  EXPECT_EQ(list.find("censored", "value")->hits, 1U);
  EXPECT_EQ(list.find("censored", "value")->trials, 2U);
  EXPECT_DOUBLE_EQ(list.find("censored.delay", "p50")->value, 60);
  EXPECT_TRUE(std::isinf(list.find("censored.delay", "p90")->value)) << "never counts as infinitely late";
  EXPECT_DOUBLE_EQ(list.find("censored.delay_others", "p50")->value, 30);
}

TEST(Censored, WhatWasUndoneAndNotAckedAgainIsGone) {
  Story story = censors();
  story.tell(160, 1, happened::operation_acked, 1, 1);
  story.tell(161, 2, happened::operation_acked, 2, 1);
  story.tell(170, 1, happened::operation_undone, 1);
  story.tell(171, 2, happened::operation_undone, 2);
  story.tell(180, 2, happened::operation_acked, 2, 1);
  const MetricList list = story.told("censored", 1000);
  EXPECT_EQ(list.find("censored", "value")->hits, 0U);
  EXPECT_EQ(list.find("censored.gone", "value")->hits, 1U);
}

TEST(Censored, WhatBreaksARuleIsNotCensoredAndWhatAServiceRefusesIs) {
  Story story = censors();
  story.tell(102, 1, happened::operation_refused, 1, 0, 5);    // a verdict of the ledger
  story.tell(102, 2, happened::operation_refused, 2, 0, 300);  // an excuse
  const MetricList list = story.told("censored", 1000);
  EXPECT_EQ(list.find("censored", "value")->hits, 1U);
  EXPECT_EQ(list.find("censored", "value")->trials, 2U);
}

TEST(Censored, TheCalmTwinTellsTheVictimsDelayAndNoShare) {
  Story story = censors();
  story.cast.nodes[0].attacker = false;
  story.tell(160, 1, happened::operation_acked, 1, 1);
  const MetricList list = story.told("censored", 1000);
  EXPECT_EQ(list.find("censored", "value")->standing, Standing::not_challenged);
  EXPECT_DOUBLE_EQ(list.find("censored.delay", "p50")->value, 60);
}

}  // namespace
}  // namespace peerlab
