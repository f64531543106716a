// An independent user looks whether a write can be read.
#include "analysis/measures/probes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

Probes probes_of(const Story& story, double end) {
  Probes probes;
  probes.begin(story.cast, story.requests);
  for (const Row& row : story.rows) probes.see(row);
  probes.finish(at_second(end));
  return probes;
}

Story publications(std::uint32_t users, std::uint32_t count) {
  Story story(users);
  story.cast.seed = 5;
  for (std::uint32_t k = 0; k < count; ++k) story.request(Asked::publish, k % users, 10 * (k + 1.0));
  return story;
}

TEST(Probes, AreOtherUsersThanTheIssuerAndAllOfThemInTurn) {
  const Story story = publications(4, 200);
  const Probes probes = probes_of(story, 9000);
  std::vector<int> drawn(4);
  for (std::uint32_t i = 0; i < 200; ++i) {
    EXPECT_NE(probes.probe_of(i), story.requests[i].user);
    ++drawn[probes.probe_of(i).index()];
  }
  for (const int n : drawn) EXPECT_GT(n, 25);
}

TEST(Probes, AreTheSamePersonsInEverySystem) {
  Story ledger = publications(4, 50);
  Story service = publications(4, 50);
  for (CastNode& node : service.cast.nodes) node.store = false;
  service.cast.nodes.push_back({});  // a server
  const Probes a = probes_of(ledger, 9000);
  const Probes b = probes_of(service, 9000);
  for (std::uint32_t i = 0; i < 50; ++i) EXPECT_EQ(a.probe_of(i), b.probe_of(i));
}

TEST(Probes, SeeAWriteWhenTheirOwnCopyShowsIt) {
  Story story = publications(3, 1);
  const UserId probe = probes_of(story, 100).probe_of(0);
  for (std::uint32_t node = 0; node < 3; ++node) story.tell(20 + node, node, happened::operation_shown, 0);
  story.tell(30, probe.value, happened::operation_shown, 0);  // told again after a reorganisation
  EXPECT_EQ(probes_of(story, 100).visible(0), at_second(20 + probe.value)) << "not when the issuer's own node shows it";
}

TEST(Probes, WithoutACopyLookAtTheFirstOfThoseWhomTheyMayAsk) {
  Story story = publications(2, 1);  // user 0 writes, user 1 is the probe
  story.cast.nodes.resize(5);
  for (std::uint32_t i = 0; i < 2; ++i) story.cast.nodes[i].store = false;
  story.cast.nodes[1].asks = {NodeId(3), NodeId(4)};
  story.tell(11, 2, happened::operation_shown, 0);  // where nobody asks for him
  story.tell(13, 4, happened::operation_shown, 0);
  story.tell(14, 3, happened::operation_shown, 0);
  EXPECT_EQ(probes_of(story, 100).visible(0), at_second(13));
}

TEST(Probes, WithoutACopyLookAtThoseWhomTheyHaveChosenByThen) {
  Story story = publications(3, 1);
  const std::uint32_t probe = probes_of(story, 1).probe_of(0).value;
  const std::uint32_t other = 3 - probe;  // users 0 .. 2, 0 issued it
  story.cast.nodes[probe].store = false;
  story.tell(1, probe, happened::outbound_opened, 0, 1, 1);
  story.tell(15, probe, happened::outbound_closed, 0, 0, 1);
  story.tell(20, 0, happened::operation_shown, 0);  // nobody he talks to any more
  story.tell(25, probe, happened::outbound_opened, other, 1, 1);
  story.tell(30, other, happened::operation_shown, 0);
  EXPECT_EQ(probes_of(story, 100).visible(0), at_second(30));
}

TEST(Probes, WhoseOwnMachineWasOffAreNoWitnesses) {
  Story story = publications(2, 3);  // at 10, 20, 30; the probes are 1, 0, 1
  story.down(5, 1);
  story.up(8, 1);
  story.tell(15, 1, happened::operation_shown, 0);
  story.down(16, 1);  // after he has seen the first
  story.tell(25, 0, happened::operation_shown, 1);
  story.up(35, 1);
  const Probes probes = probes_of(story, 100);
  EXPECT_TRUE(probes.probed(0));
  EXPECT_TRUE(probes.probed(1));
  EXPECT_FALSE(probes.probed(2));
}

TEST(Probes, NeitherReadsNorPaymentsAreProbed) {
  Story story(2);
  story.request(Asked::read, 0, 10);
  story.request(Asked::pay, 0, 10);
  const Probes probes = probes_of(story, 100);
  EXPECT_FALSE(probes.probed(0));
  EXPECT_FALSE(probes.probed(1));
}

TEST(Probes, WhatTheyNeverSeeIsInfinitelyLate) {
  Story story = publications(2, 2);
  story.tell(12, 1, happened::operation_shown, 0);
  const MetricList list = story.told("latency", 4000);
  EXPECT_DOUBLE_EQ(list.find("latency.visible", "p50")->value, 2);
  EXPECT_TRUE(std::isinf(list.find("latency.visible", "p90")->value));
  EXPECT_EQ(list.find("latency.visible", "p50")->n, 2U);
}

}  // namespace
}  // namespace peerlab
