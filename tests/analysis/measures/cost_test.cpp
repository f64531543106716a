#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "analysis/measures/prices.h"
#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

// Two machines; two publications of 100 B and 300 B of which the second is undone for good.
Story small_bill() {
  Story story(2);
  story.totals.machines[0] = {1000, 900, 10, 9, 1, 500, seconds(2), 1e12, hours(1)};
  story.totals.machines[1] = {3000, 2900, 30, 29, 1, 700, seconds(1), 0, hours(1)};
  story.totals.kinds = {{"inventory", 30, 1000}, {"block body", 10, 3000}};
  story.request(Asked::publish, 0, 10, 100);
  story.request(Asked::publish, 0, 20, 300);
  story.request(Asked::pay, 1, 30, 999);
  for (std::uint64_t k = 0; k < 3; ++k) story.tell(100, 0, happened::operation_acked, k);
  story.tell(200, 0, happened::operation_undone, 1);
  return story;
}

TEST(Cost, AddsUpAllMachinesAndDividesByWhatIsOfUse) {
  const MetricList list = small_bill().told("cost", 1000);
  EXPECT_EQ(list.find("cost.bytes_sent", "total")->value, 4000);
  EXPECT_DOUBLE_EQ(list.find("cost.bytes_sent", "per_useful_byte")->value, 40) << "100 B acked and standing";
  EXPECT_EQ(list.find("cost.bytes_stored", "total")->value, 1200);
  EXPECT_DOUBLE_EQ(list.find("cost.cpu", "total")->value, 3);
  EXPECT_DOUBLE_EQ(list.find("cost.hashes", "total")->value, 1e12);
}

TEST(Cost, PricesEnergyAndSaysThePrices) {
  Story story = small_bill();
  story.cast.energy = {1e-11, 10, 0.001};
  const MetricList list = story.told("cost", 1000);
  EXPECT_DOUBLE_EQ(list.find("cost.joules", "total")->value, 10 + 30 + 4);
  EXPECT_EQ(list.find("cost.joules", "total")->note,
            "at 10 J per terahash, 10 J per CPU second, 0.278 kWh per GB sent");
}

TEST(Cost, OfUseIsTheLastVersionOfWhatIsNotErased) {
  Story story(2);
  story.totals.machines[0].bytes_sent = 8000;
  story.request(Asked::publish, 0, 10, 100);
  story.request(Asked::update, 0, 20, 400);
  story.request(Asked::publish, 0, 30, 600);
  story.request(Asked::erase, 0, 40);
  story.requests[2].record = story.requests[3].record = {UserId(0), 1};
  for (std::uint64_t k = 0; k < 4; ++k) story.tell(100, 0, happened::operation_acked, k);
  EXPECT_DOUBLE_EQ(story.told("cost", 1000).find("cost.bytes_sent", "per_useful_byte")->value, 20);
}

TEST(Cost, TheDefaultPricesAreThoseOfTheScenarioFields) {
  const EnergyPrices said = energy_prices(Params::defaults(price_fields()));
  const EnergyPrices unsaid;
  EXPECT_DOUBLE_EQ(said.joules_per_hash, unsaid.joules_per_hash);
  EXPECT_DOUBLE_EQ(said.joules_per_cpu_second, unsaid.joules_per_cpu_second);
  EXPECT_DOUBLE_EQ(said.joules_per_byte, unsaid.joules_per_byte);
  EXPECT_EQ(prices_in_words(said), "30 J per terahash, 15 J per CPU second, 0.06 kWh per GB sent");
}

TEST(Cost, HasNoFigurePerUsefulByteWithoutContent) {
  Story story(1);
  EXPECT_EQ(story.told("cost", 10).find("cost.bytes_sent", "per_useful_byte")->standing, Standing::no_sample);
}

TEST(Messages, AreCountedInAllAndByKind) {
  const MetricList list = small_bill().told("messages", 1000);
  EXPECT_EQ(list.find("messages", "count")->value, 40);
  EXPECT_EQ(list.find("messages", "lost")->value, 2);
  EXPECT_EQ(list.find("messages(block body)", "count")->value, 10);
  EXPECT_EQ(list.find("messages(block body)", "bytes")->value, 3000);
  const double writes = static_cast<double>(small_bill().requests.size());
  EXPECT_DOUBLE_EQ(list.find("messages(block body)", "per_write")->value, 10 / writes);
}

TEST(Messages, PoolByKindOverRuns) {
  Story other = small_bill();
  other.totals.kinds = {{"block body", 5, 50}, {"headers", 1, 81}};
  auto pooled = small_bill().fold("messages", 1000);
  pooled->merge(*other.fold("messages", 1000));
  MetricList list;
  pooled->metrics(list);
  EXPECT_EQ(list.find("messages", "count")->value, 80);
  EXPECT_EQ(list.find("messages(block body)", "count")->value, 15);
  EXPECT_EQ(list.find("messages(headers)", "count")->value, 1);
}

TEST(Peers, CountsBansBannedAndHonestVictims) {
  Story story(4);
  story.cast.nodes[3].attacker = true;
  story.tell(1, 0, happened::peer_banned, 3);
  story.tell(2, 1, happened::peer_banned, 3);
  story.tell(3, 3, happened::peer_banned, 0);
  const MetricList list = story.told("peers", 10);
  EXPECT_EQ(list.find("peers.banned", "count")->value, 3);
  EXPECT_EQ(list.find("peers.banned", "distinct")->value, 2);
  EXPECT_EQ(list.find("peers.banned", "honest")->value, 1);
}

TEST(CaughtUp, IsTheTimeFromComingBackToHavingEverything) {
  Story story(4);
  for (std::uint32_t who = 0; who < 4; ++who) story.down(0, who);
  for (std::uint32_t who = 0; who < 4; ++who) story.up(100, who);
  story.tell(105, 0, happened::caught_up);
  story.tell(120, 1, happened::caught_up);
  story.tell(130, 1, happened::caught_up);  // again, later: not a return
  story.down(110, 2);                       // left before it was done
  std::stable_sort(story.rows.begin(), story.rows.end(), [](const Row& a, const Row& b) { return a.at < b.at; });
  const MetricList list = story.told("caught_up", 1000);
  EXPECT_EQ(list.find("caught_up", "p50")->n, 3U);
  EXPECT_DOUBLE_EQ(list.find("caught_up", "p50")->value, 20);
  EXPECT_EQ(list.find("caught_up", "max")->value, std::numeric_limits<double>::infinity());
}

TEST(CaughtUp, WithoutAReturnWasNotChallenged) {
  Story story(2);
  story.tell(0, 0, happened::caught_up);
  EXPECT_EQ(story.told("caught_up", 1000).find("caught_up", "max")->standing, Standing::not_challenged);
}

TEST(CaughtUp, LeavesOutReturnsInTheSettlingTime) {
  Story story(1);
  story.cast.settle = seconds(100);
  story.down(10, 0);
  story.up(950, 0);
  EXPECT_EQ(story.told("caught_up", 1000).find("caught_up", "max")->standing, Standing::not_challenged);
}

}  // namespace
}  // namespace peerlab
