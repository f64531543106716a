// Cases small enough to be computed by hand.
#include "sim/fabric/fabric.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "models/network/access.h"

namespace peerlab {
namespace {

const MachineId A{0};
const MachineId B{1};
const MachineId C{2};

constexpr Time at(std::int64_t ms) { return Time{} + milliseconds(ms); }

/// Three machines 50 ms apart, 8 Mbit/s up (a byte a microsecond), 16 Mbit/s down.
NetworkModel three() {
  NetworkModel model;
  model.machines.assign(3, Place{RegionId(0), access_custom, 8e6, 16e6});
  model.latency = LatencyMap(Distribution::constant(50e6));
  return model;
}

TEST(Fabric, DelaysASmallMessageByBothLinksAndTheLatency) {
  Fabric fabric(three(), 1);
  const Passage away = fabric.depart(A, B, 1000, false, at(0));
  ASSERT_TRUE(away.passed());
  EXPECT_EQ(away.at, at(0) + microseconds(1000 + 50'000 + 500));
  EXPECT_EQ(fabric.arrive(A, B, 1000, away.at).at, away.at);
}

TEST(Fabric, ADetourDelaysWhatPassesBetweenItsSidesAndNothingElse) {
  Fabric fabric(three(), 1);
  const Time before = fabric.depart(A, B, 1000, false, at(0)).at;
  const std::array<std::uint8_t, 3> sides{1, 2, 0};
  fabric.detour(7, sides, minutes(10), 0);
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(1000)).at, before + seconds(1) + minutes(10));
  EXPECT_EQ(fabric.depart(B, A, 1000, false, at(1000)).at, before + seconds(1) + minutes(10));
  EXPECT_EQ(fabric.depart(A, C, 1000, false, at(2000)).at, before + seconds(2)) << "C is on no side";
  fabric.detour(8, sides, minutes(1), 1);
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(3000)).fate, Fate::lost);
  fabric.end_detour(8);
  fabric.end_detour(7);
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(4000)).at, before + seconds(4));
}

// 100,000 bytes: 100 ms up, 50 ms down. The receiver's link works while the sender still sends.
TEST(Fabric, StreamsALargeMessageAtTheRateOfTheSlowerLink) {
  Fabric fabric(three(), 1);
  const Passage away = fabric.depart(A, B, 100'000, true, at(0));
  EXPECT_EQ(away.at, at(50)) << "the first byte";
  EXPECT_EQ(fabric.arrive(A, B, 100'000, away.at).at, at(150)) << "the last byte";

  NetworkModel slow_receiver = three();
  slow_receiver.machines[1].down_bits = 4e6;
  Fabric other(slow_receiver, 1);
  const Passage same = other.depart(A, B, 100'000, true, at(0));
  EXPECT_EQ(other.arrive(A, B, 100'000, same.at).at, at(50 + 200));
}

TEST(Fabric, SendsLargeMessagesOneAfterTheOther) {
  Fabric fabric(three(), 1);
  EXPECT_EQ(fabric.depart(A, B, 100'000, true, at(0)).at, at(50));
  EXPECT_EQ(fabric.depart(A, C, 100'000, true, at(10)).at, at(150)) << "begins when the first has left";
  EXPECT_EQ(fabric.depart(A, B, 100'000, true, at(500)).at, at(550)) << "an idle link again";
}

TEST(Fabric, ReceivesLargeMessagesOneAfterTheOther) {
  Fabric fabric(three(), 1);
  ASSERT_EQ(fabric.depart(A, C, 200'000, true, at(0)).at, at(50));
  ASSERT_EQ(fabric.depart(B, C, 200'000, true, at(0)).at, at(50));
  // Each takes 200 ms at its sender and 100 ms at the receiver, who can just take both at once.
  EXPECT_EQ(fabric.arrive(A, C, 200'000, at(50)).at, at(250));
  EXPECT_EQ(fabric.arrive(B, C, 200'000, at(50)).at, at(250));
  // A third at the same time has to wait for both.
  EXPECT_EQ(fabric.arrive(A, C, 200'000, at(50)).at, at(350));
}

TEST(Fabric, LetsASmallMessagePassALargeOne) {
  Fabric fabric(three(), 1);
  (void)fabric.depart(A, B, 1'000'000, true, at(0));  // a second of uplink
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(10)).at, at(10) + microseconds(1000 + 50'000 + 500));
  EXPECT_EQ(fabric.depart(A, C, 100'000, true, at(20)).at, at(1000 + 1 + 50)) << "pays for the small one";
}

TEST(Fabric, MakesSmallMessagesWaitForSmallOnes) {
  Fabric fabric(three(), 1);
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(0)).at, at(0) + microseconds(51'500));
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(0)).at, at(0) + microseconds(52'500));
  // Two senders whose messages meet at the receiver's link: the second has to wait there.
  EXPECT_EQ(fabric.arrive(A, C, 1000, at(100)).at, at(100));
  EXPECT_EQ(fabric.arrive(B, C, 1000, at(100)).at, at(100) + microseconds(500));
}

TEST(Fabric, UploadsOneAtATimeUntilTheLastIsDelivered) {
  NetworkModel model = three();
  model.uplink = UplinkLaw::one_at_a_time;
  model.bulk_overhead = milliseconds(2);
  model.control_overhead = milliseconds(10);
  model.machines[2].down_bits = 4e6;
  Fabric fabric(model, 1);
  EXPECT_EQ(fabric.depart(A, B, 100'000, true, at(0)).at, at(50 + 100 + 2));
  EXPECT_EQ(fabric.depart(A, C, 100'000, true, at(1)).at, at(152 + 50 + 200 + 2)) << "at the receiver's slower rate";
  EXPECT_EQ(fabric.depart(A, B, 18'000, false, at(1)).at, at(1 + 50 + 10)) << "no size, no queue";
  EXPECT_EQ(fabric.depart(B, C, 100'000, true, at(1)).at, at(1 + 252)) << "another sender is free";
  EXPECT_EQ(fabric.arrive(A, C, 100'000, at(404)).at, at(404)) << "no queue at the receiver";
}

TEST(Fabric, KeepsAMachineToItselfOffTheNetwork) {
  NetworkModel model = three();
  model.loss = 1;
  Fabric fabric(model, 1);
  EXPECT_EQ(fabric.depart(A, A, 1'000'000, true, at(7)).at, at(7));
  EXPECT_TRUE(fabric.arrive(A, A, 1'000'000, at(7)).passed());
  EXPECT_EQ(fabric.traffic(A).bytes_sent, 0U);
}

TEST(Fabric, CutsBetweenGroupsAndLeavesTheRestAlone) {
  Fabric fabric(three(), 1);
  const std::array<std::uint8_t, 3> groups = {1, 2, Fabric::no_group};
  fabric.cut(9, groups);
  EXPECT_EQ(fabric.depart(A, B, 100, false, at(0)).fate, Fate::cut);
  EXPECT_TRUE(fabric.depart(A, C, 100, false, at(0)).passed());
  EXPECT_TRUE(fabric.depart(C, B, 100, false, at(0)).passed());
  EXPECT_EQ(fabric.traffic(A).cut, 1U);
  EXPECT_EQ(fabric.traffic(A).messages_sent, 1U) << "what is cut is not sent";
  fabric.heal(9);
  EXPECT_TRUE(fabric.depart(A, B, 100, false, at(0)).passed());
}

TEST(Fabric, PassesOnlyWhatNoCutForbids) {
  Fabric fabric(three(), 1);
  const std::array<std::uint8_t, 3> first = {1, 2, 2};
  const std::array<std::uint8_t, 3> second = {1, 1, 2};
  fabric.cut(1, first);
  fabric.cut(2, second);
  EXPECT_FALSE(fabric.connected(A, B));
  EXPECT_FALSE(fabric.connected(B, C));
  fabric.heal(1);
  EXPECT_TRUE(fabric.connected(A, B));
  EXPECT_FALSE(fabric.connected(B, C));
  fabric.cut(2, first);  // replaces
  EXPECT_FALSE(fabric.connected(A, B));
  EXPECT_TRUE(fabric.connected(B, C));
  fabric.heal(2);
  fabric.heal(2);
  EXPECT_TRUE(fabric.connected(A, B));
}

TEST(Fabric, DropsWhatWouldArriveDuringACut) {
  Fabric fabric(three(), 1);
  const Passage away = fabric.depart(A, B, 100, false, at(0));
  ASSERT_TRUE(away.passed());
  const std::array<std::uint8_t, 3> groups = {1, 2, 2};
  fabric.cut(0, groups);
  EXPECT_EQ(fabric.arrive(A, B, 100, away.at).fate, Fate::cut);
  EXPECT_EQ(fabric.traffic(B).bytes_received, 0U);
}

TEST(Fabric, DegradesAgainstTheStartAndRestores) {
  Fabric fabric(three(), 1);
  fabric.degrade(A, 3, 0.5, 0);
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(0)).at, at(0) + microseconds(2000 + 150'000 + 500));
  EXPECT_EQ(fabric.depart(C, A, 1000, false, at(0)).at, at(0) + microseconds(1000 + 150'000 + 1000))
      << "the other end too";
  fabric.degrade(A, 2, 1, 0);
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(1000)).at, at(1000) + microseconds(1000 + 100'000 + 500));
  fabric.degrade(A, 1, 1, 0);
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(2000)).at, at(2000) + microseconds(51'500));
}

TEST(Fabric, LosesTheStatedShare) {
  NetworkModel model = three();
  model.loss = 0.1;
  Fabric fabric(model, 1);
  fabric.degrade(B, 1, 1, 0.2);
  constexpr int sent = 20'000;
  int lost = 0;
  for (int i = 0; i < sent; ++i) lost += fabric.depart(A, B, 100, false, at(i)).fate == Fate::lost ? 1 : 0;
  const double p = 1 - 0.9 * 0.8;
  EXPECT_NEAR(lost, sent * p, 3.9 * 63.5);  // sqrt(20000 p (1-p)) = 63.5
  EXPECT_EQ(fabric.traffic(A).lost, static_cast<std::uint64_t>(lost));
  EXPECT_EQ(fabric.traffic(A).messages_sent, static_cast<std::uint64_t>(sent)) << "the uplink was used";
}

TEST(Fabric, ForgetsItsQueuesWhenAMachineGoesOff) {
  Fabric fabric(three(), 1);
  (void)fabric.depart(A, B, 10'000'000, true, at(0));
  fabric.clear_queues(A);
  EXPECT_EQ(fabric.depart(A, B, 100'000, true, at(100)).at, at(150));
}

TEST(Fabric, AddsWhatTheAccessOfEitherEndAdds) {
  NetworkModel model = three();
  const auto centre = static_cast<std::uint8_t>(find_access("data-centre"));
  const auto cable = static_cast<std::uint8_t>(find_access("cable"));
  model.machines[0] = {RegionId(0), centre, 0, 0};
  model.machines[1] = {RegionId(0), cable, 0, 0};
  Fabric fabric(model, 1);
  EXPECT_EQ(fabric.depart(A, B, 1000, false, at(0)).at, at(50) + microseconds(100 + 200)) << "no rate is no limit";
}

TEST(Fabric, DrawsALatencyOncePerLinkWhenAsked) {
  NetworkModel model = three();
  model.latency = LatencyMap(Distribution::uniform(10e6, 90e6));
  model.latency_per_link = true;
  for (Place& place : model.machines) place.up_bits = place.down_bits = 0;
  Fabric fabric(model, 5);
  const Duration there = fabric.depart(A, B, 100, false, at(0)).at - at(0);
  EXPECT_EQ(fabric.depart(A, B, 100, false, at(40)).at - at(40), there);
  EXPECT_EQ(fabric.depart(B, A, 100, false, at(40)).at - at(40), there) << "the same in both directions";
  EXPECT_NE(fabric.depart(A, C, 100, false, at(0)).at - at(0), there);
  Fabric again(model, 6);
  EXPECT_NE(again.depart(A, B, 100, false, at(0)).at - at(0), there) << "another seed";
}

// What one machine sends must not shift the luck of another.
TEST(Fabric, DrawsFromTheSendersOwnStream) {
  NetworkModel model = three();
  model.latency = LatencyMap(Distribution::exponential(50e6));
  Fabric busy(model, 3);
  Fabric calm(model, 3);
  for (int i = 0; i < 100; ++i) (void)busy.depart(B, C, 100, false, at(0));
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(busy.depart(A, B, 100, false, at(i)).at, calm.depart(A, B, 100, false, at(i)).at);
  }
}

// The mean of a Pareto law is the table's entry, read as one-way.
TEST(Fabric, MeetsTheTableOfRegionsInTheMean) {
  Params params = Params::defaults(network_fields());
  ASSERT_EQ(apply_preset(params, "simblock-2019"), "");
  ASSERT_EQ(params.set("users", "2"), "");
  NetworkModel model = make_network(params, 1);
  model.machines[0].region = find_region("NA");
  model.machines[1].region = find_region("EU");
  Fabric fabric(model, 1);
  double sum = 0;
  std::int64_t least = Time::never().ns;
  constexpr int draws = 20'000;
  for (int i = 0; i < draws; ++i) {
    const std::int64_t ns = fabric.depart(A, B, 61, false, at(0)).at.ns - milliseconds(10).ns;
    sum += static_cast<double>(ns);
    least = std::min(least, ns);
  }
  EXPECT_NEAR(sum / draws, 124e6, 3.9 * 5.3e6 / 141);  // scale 119 ms, shape 24.8: standard deviation 5.2 ms
  EXPECT_GE(least, 119'000'000);
  EXPECT_LT(least, 119'100'000);
}

}  // namespace
}  // namespace peerlab
