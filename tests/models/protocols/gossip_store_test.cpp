// The protocol "gossip-store": peers without a chain.
#include "models/protocols/gossip_store.h"

#include <gtest/gtest.h>

#include "models/protocols/refusal.h"
#include "tests/models/protocols/gossip_table.h"

namespace peerlab {
namespace {

constexpr RecordName photo{UserId(0), 0};
const std::vector<std::pair<std::uint32_t, std::uint32_t>> chain_of_five = {{0, 1}, {1, 2}, {2, 3}, {3, 4}};

struct Sink : HoldingsSink {
  void state_digest(const Hash256& digest) override { state = digest; }
  void tip(std::uint32_t, const Hash256&) override {}
  void key(std::uint32_t user) override { keys.push_back(user); }
  bool begin_bundle(std::uint64_t) override { return true; }
  void end_bundle() override {}
  void held(const HeldWrite& write) override { writes.push_back(write); }
  Hash256 state;
  std::vector<std::uint32_t> keys;
  std::vector<HeldWrite> writes;
};

TEST(GossipStore, ARecordReachesEverybodyOverSeveralHops) {
  GossipTable t({.users = 5, .links = chain_of_five});
  const std::uint32_t publication = t.ask(Asked::publish, 0, photo);
  t.run(seconds(10));
  EXPECT_TRUE(t.everywhere(photo, publication));
  EXPECT_EQ(t.count(happened::record_held), 5U);
  EXPECT_EQ(t.count(happened::operation_shown), 5U);
}

TEST(GossipStore, AWriteIsAckedWhenSoManyMachinesSayThatTheyHoldIt) {
  GossipTable t({.users = 4, .set = {{"copies", "3"}}});
  t.loses = [](NodeId, NodeId to, const Message& m) { return m.kind == kind::gossip_record && to == NodeId(3); };
  const std::uint32_t publication = t.ask(Asked::publish, 0, photo);
  EXPECT_EQ(t.said(happened::operation_acked, publication), nullptr);
  t.run(seconds(5));
  ASSERT_NE(t.said(happened::operation_acked, publication), nullptr);
  EXPECT_EQ(t.said(happened::operation_acked, publication)->what.amount, 3U);
  EXPECT_EQ(t.said(happened::operation_final, publication), nullptr);
}

TEST(GossipStore, WithTooFewNeighboursAWriteIsNeverAcked) {
  GossipTable t({.users = 4, .set = {{"copies", "3"}}});
  t.part({0, 1});
  const std::uint32_t publication = t.ask(Asked::publish, 0, photo);
  t.run(minutes(5));
  EXPECT_NE(t.at(1, photo), nullptr);
  EXPECT_EQ(t.said(happened::operation_acked, publication), nullptr);
  t.heal();
  t.run(minutes(2));
  EXPECT_NE(t.said(happened::operation_acked, publication), nullptr);
}

TEST(GossipStore, ComparisonsFindWhatGossipMissed) {
  GossipTable t({.users = 3, .set = {{"compare_every", "30 s"}}});
  bool deaf = true;
  t.loses = [&](NodeId, NodeId to, const Message& m) {
    return deaf && m.kind == kind::gossip_offer && to == NodeId(2);
  };
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(5));
  EXPECT_EQ(t.at(2, photo), nullptr);
  deaf = false;
  t.run(seconds(65));
  EXPECT_NE(t.at(2, photo), nullptr);
}

TEST(GossipStore, NobodyIsSentWhatHeHas) {
  GossipTable t({.users = 6});
  t.ask(Asked::publish, 0, photo);
  t.run(minutes(10));
  EXPECT_EQ(t.sent(kind::gossip_record), 5U);  // once to each
}

TEST(GossipStore, OnlyTheOwnerMayChangeARecordAndOwnershipTravels) {
  GossipTable t({.users = 3});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(5));
  const std::uint32_t theft = t.ask(Asked::update, 1, photo);
  EXPECT_EQ(t.said(happened::operation_refused, theft)->what.detail, static_cast<std::uint64_t>(Verdict::not_owner));
  t.ask(Asked::transfer, 0, photo, 1);
  t.run(seconds(5));
  const std::uint32_t update = t.ask(Asked::update, 1, photo);
  t.run(seconds(5));
  EXPECT_TRUE(t.everywhere(photo, update));
  EXPECT_EQ(t.at(2, photo)->state.owner(), UserId(1));
  const std::uint32_t late = t.ask(Asked::erase, 0, photo);
  EXPECT_NE(t.said(happened::operation_refused, late), nullptr);
}

// What a chain is for. The owner gives a record away twice, and each receiver has it, with the owner's true signature, until the
// later gift is heard of where the earlier one was believed.
TEST(GossipStore, TwoTransfersOfOneRecordBothSucceedUntilTheLaterOneIsHeardOf) {
  GossipTable t({.users = 4, .set = {{"copies", "2"}}});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(5));
  t.part({0, 1});
  const std::uint32_t first = t.ask(Asked::transfer, 0, photo, 1);
  KeyBook book(GossipTable::seed);
  Author twin(UserId(0), book, true, false);  // the same owner on the other side
  Request again;
  again.number = t.asked++;
  again.what = Asked::transfer;
  again.user = UserId(0);
  again.other = UserId(3);
  again.record = photo;
  Work work;
  const OperationPtr second = twin.write(again, work);
  t.deliver(NodeId(3), NodeId(2), gossip_record(t.parcels(), followed_by(t.at(2, photo)->state, second)));
  t.run(seconds(10));
  EXPECT_NE(t.said(happened::operation_acked, first), nullptr);
  EXPECT_EQ(t.at(1, photo)->state.owner(), UserId(1));
  EXPECT_EQ(t.at(3, photo)->state.owner(), UserId(3));
  EXPECT_EQ(t.count(happened::peer_banned), 0U);  // nothing is wrong with either
  t.heal();
  t.run(minutes(2));
  EXPECT_TRUE(t.everywhere(photo, again.number));
  EXPECT_EQ(t.at(1, photo)->state.owner(), UserId(3));
  EXPECT_NE(t.said(happened::operation_undone, first), nullptr);
}

TEST(GossipStore, WhoeverSendsAForgeryIsCutOff) {
  GossipTable t({.users = 3});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(5));
  KeyBook book(GossipTable::seed);
  Author thief(UserId(2), book, true, false);
  Request request;
  request.number = 99;
  request.what = Asked::erase;
  request.user = UserId(2);
  request.record = photo;
  Work work;
  t.deliver(NodeId(2), NodeId(1),
            gossip_record(t.parcels(), followed_by(t.at(1, photo)->state, thief.write(request, work))));
  EXPECT_EQ(t.count(happened::peer_banned, NodeId(1)), 1U);
  EXPECT_EQ(t.place(NodeId(1), NodeId(2)), Links::no_place);
  EXPECT_FALSE(t.at(1, photo)->state.erased());
}

TEST(GossipStore, ReadsItsOwnCopyAndSaysWhenThereIsNone) {
  GossipTable t({.users = 2});
  const std::uint32_t early = t.ask(Asked::read, 1, photo);
  EXPECT_EQ(t.said(happened::read_answered, early)->what.detail, happened::no_version);
  const std::uint32_t publication = t.ask(Asked::publish, 0, photo);
  t.run(seconds(5));
  const std::uint32_t late = t.ask(Asked::read, 1, photo);
  EXPECT_EQ(t.said(happened::read_answered, late)->what.detail, publication);
  EXPECT_EQ(t.said(happened::read_answered, late)->what.amount, 1U);
}

TEST(GossipStore, RefusesPaymentsSinceNobodyCanSayWhoSpentFirst) {
  GossipTable t({.users = 2});
  const std::uint32_t payment = t.ask(Asked::pay, 0, photo, 1);
  EXPECT_EQ(t.said(happened::operation_refused, payment)->what.detail, static_cast<std::uint64_t>(Refusal::no_order));
}

TEST(GossipStore, AnErasureIsAVersionToo) {
  GossipTable t({.users = 3});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(5));
  const std::uint32_t erasure = t.ask(Asked::erase, 0, photo);
  t.run(seconds(5));
  EXPECT_TRUE(t.everywhere(photo, erasure));
  Sink sink;
  t.node(2).show(sink);
  EXPECT_TRUE(sink.writes.empty());
  EXPECT_EQ(sink.keys, std::vector<std::uint32_t>{2});
}

TEST(GossipStore, ComesBackFromItsDiskAndCatchesUp) {
  GossipTable t({.users = 3});
  const std::uint32_t publication = t.ask(Asked::publish, 0, photo);
  t.run(seconds(5));
  t.crash(NodeId(2));
  const std::uint32_t update = t.ask(Asked::update, 0, photo);
  t.run(seconds(5));
  t.restart(2);
  EXPECT_EQ(t.at(2, photo)->stamp(), publication);
  t.run(seconds(5));
  EXPECT_TRUE(t.everywhere(photo, update));
}

TEST(GossipStore, AWipedPeerIsBroughtEverything) {
  GossipTable t({.users = 3});
  t.ask(Asked::publish, 0, photo);
  t.ask(Asked::publish, 1, {UserId(1), 0});
  t.run(seconds(5));
  t.wipe(NodeId(0));
  t.restart(0);
  EXPECT_EQ(t.at(0, photo), nullptr);
  t.run(seconds(5));
  EXPECT_NE(t.at(0, photo), nullptr);
  EXPECT_NE(t.at(0, {UserId(1), 0}), nullptr);
}

TEST(GossipStore, ItsDiskShowsWhatItsMemoryShows) {
  GossipTable t({.users = 2, .coded = true});
  t.ask(Asked::publish, 0, photo);
  t.ask(Asked::publish, 1, {UserId(1), 0});
  t.run(seconds(5));
  Sink memory;
  t.node(1).show(memory);
  Sink disk;
  t.system().show_disk(t.disk(NodeId(1)).entries(), nullptr, disk);
  EXPECT_EQ(memory.writes.size(), 2U);
  ASSERT_EQ(disk.writes.size(), 2U);
  for (const HeldWrite& write : disk.writes) EXPECT_TRUE(write.intact);
  Sink other;
  t.node(0).show(other);
  EXPECT_EQ(memory.state, other.state);
}

}  // namespace
}  // namespace peerlab
