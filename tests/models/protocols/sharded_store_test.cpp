// The protocol "sharded-store": each record on a few machines.
#include "models/protocols/sharded_store.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "models/protocols/refusal.h"
#include "tests/models/protocols/sharded_table.h"

namespace peerlab {
namespace {

constexpr RecordName photo{UserId(0), 0};

bool holds(const ShardedTable& t, NodeId n) {
  const std::vector<NodeId> all = t.holding(photo);
  return std::find(all.begin(), all.end(), n) != all.end();
}
/// Somebody who has no copy.
std::uint32_t stranger(const ShardedTable& t) {
  std::uint32_t user = 1;
  while (holds(t, NodeId(user))) ++user;
  return user;
}
NodeId other_holder(const ShardedTable& t) { return t.holding(photo).back(); }

TEST(ShardedStore, AWriteLiesOnSoManyMachinesAndIsAckedWhenAllHaveIt) {
  for (const char* placement : {"random", "copysets"}) {
    ShardedTable t({.set = {{"placement", placement}}});
    const std::uint32_t publication = t.ask(Asked::publish, 0, photo);
    EXPECT_EQ(t.said(happened::operation_acked, publication), nullptr);
    t.run(seconds(2));
    EXPECT_EQ(t.holding(photo).size(), 3U);
    EXPECT_EQ(t.holding(photo).front(), NodeId(0)) << "the writer's own among them";
    ASSERT_NE(t.said(happened::operation_acked, publication), nullptr);
    EXPECT_EQ(t.said(happened::operation_acked, publication)->what.amount, 3U);
    EXPECT_EQ(t.count(happened::record_held), 3U);
  }
}

TEST(ShardedStore, FewerAcksWaitForFewerCopies) {
  ShardedTable t({.set = {{"acks", "1"}}});
  const std::uint32_t publication = t.ask(Asked::publish, 0, photo);
  ASSERT_NE(t.said(happened::operation_acked, publication), nullptr);
  EXPECT_EQ(t.said(happened::operation_acked, publication)->what.amount, 1U);
  t.run(seconds(2));
  EXPECT_EQ(t.holding(photo).size(), 3U) << "the others come all the same";
}

TEST(ShardedStore, WhoHasNoCopyReadsFromThoseWhoHaveAndHangsUp) {
  ShardedTable t({.set = {{"compare_every", "0 s"}}});
  const std::uint32_t publication = t.ask(Asked::publish, 0, photo);
  t.run(seconds(2));
  EXPECT_EQ(t.links_of(NodeId(0)), 0U) << "links are opened for an errand";
  const std::uint32_t user = stranger(t);
  const std::uint32_t reading = t.ask(Asked::read, user, photo);
  t.run(seconds(2));
  ASSERT_NE(t.said(happened::read_answered, reading), nullptr);
  EXPECT_EQ(t.said(happened::read_answered, reading)->what.detail, publication);
  EXPECT_EQ(t.said(happened::read_answered, reading)->what.amount, 1U) << "checked";
  EXPECT_EQ(t.links_of(NodeId(user)), 0U);
  EXPECT_EQ(t.holding(photo).size(), 3U) << "a reader keeps nothing";
}

TEST(ShardedStore, AReaderAsksTheNextHolderWhenOneIsOff) {
  ShardedTable t({.set = {{"timeout", "3 s"}}});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(2));
  const std::uint32_t user = stranger(t);
  t.crash(NodeId(0));  // the first whom one asks
  const std::uint32_t reading = t.ask(Asked::read, user, photo);
  t.run(seconds(2));
  EXPECT_EQ(t.said(happened::read_answered, reading), nullptr);
  t.run(seconds(2));
  ASSERT_NE(t.said(happened::read_answered, reading), nullptr);
  EXPECT_EQ(t.said(happened::read_answered, reading)->what.amount, 1U);
}

TEST(ShardedStore, WhatNobodyHasIsAnsweredSo) {
  ShardedTable t({});
  const std::uint32_t reading = t.ask(Asked::read, 5, photo);
  t.run(seconds(5));
  ASSERT_NE(t.said(happened::read_answered, reading), nullptr);
  EXPECT_EQ(t.said(happened::read_answered, reading)->what.detail, happened::no_version);
  EXPECT_EQ(t.said(happened::read_answered, reading)->what.amount, 0U);
}

TEST(ShardedStore, ACopyThatIsMissingIsSentAgainUntilItsMachineIsBack) {
  ShardedTable t({});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(2));
  const NodeId away = other_holder(t);
  t.crash(away);
  const RecordName second{UserId(0), photo.ordinal};
  const std::uint32_t update = t.ask(Asked::update, 0, second);
  t.run(minutes(1));
  EXPECT_EQ(t.said(happened::operation_acked, update), nullptr) << "all three are waited for";
  t.restart(away);
  t.run(seconds(20));
  ASSERT_NE(t.said(happened::operation_acked, update), nullptr);
  EXPECT_EQ(t.at(away, photo)->stamp(), update);
}

TEST(ShardedStore, AMachineThatComesBackEmptyIsFilledByThoseWithWhomItShares) {
  for (const char* placement : {"random", "copysets"}) {
    ShardedTable t({.set = {{"placement", placement}, {"copies", "2"}}});
    t.ask(Asked::publish, 0, photo);
    t.run(seconds(2));
    t.wipe(NodeId(0));
    EXPECT_EQ(t.holding(photo).size(), 1U);
    t.restart(NodeId(0));
    t.run(seconds(2));
    EXPECT_EQ(t.holding(photo).size(), 2U);
    EXPECT_NE(t.at(NodeId(0), photo), nullptr) << "its own copy again, from the other one";
  }
}

TEST(ShardedStore, WithTheLastCopyTheRecordIsGone) {
  ShardedTable t({.set = {{"copies", "2"}}});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(2));
  const NodeId other = other_holder(t);
  t.wipe(NodeId(0));
  t.wipe(other);
  t.restart(NodeId(0));
  t.restart(other);
  t.run(minutes(5));
  EXPECT_TRUE(t.holding(photo).empty());
}

TEST(ShardedStore, ACrashKeepsWhatIsOnDisk) {
  ShardedTable t({.set = {{"compare_every", "0 s"}}});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(2));
  const NodeId other = other_holder(t);
  t.crash(other);
  t.restart(other);
  EXPECT_NE(t.at(other, photo), nullptr);
}

TEST(ShardedStore, OnlyTheOwnerMayChangeARecordAndHeMayBeSomebodyWithoutACopy) {
  ShardedTable t({});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(2));
  const std::uint32_t user = stranger(t);
  const std::uint32_t theft = t.ask(Asked::update, user, photo);
  t.run(seconds(2));
  ASSERT_NE(t.said(happened::operation_refused, theft), nullptr);
  const std::uint32_t gift = t.ask(Asked::transfer, 0, photo, user);
  t.run(seconds(2));
  EXPECT_NE(t.said(happened::operation_acked, gift), nullptr);
  const std::uint32_t update = t.ask(Asked::update, user, photo);
  t.run(seconds(2));
  ASSERT_NE(t.said(happened::operation_acked, update), nullptr);
  EXPECT_EQ(t.holding(photo).size(), 3U);
  for (const NodeId n : t.holding(photo)) EXPECT_EQ(t.at(n, photo)->stamp(), update);
  const std::uint32_t regret = t.ask(Asked::erase, 0, photo);
  t.run(seconds(2));
  EXPECT_NE(t.said(happened::operation_refused, regret), nullptr) << "he gave it away";
}

TEST(ShardedStore, PaymentsNeedAnOrder) {
  ShardedTable t({});
  const std::uint32_t payment = t.ask(Asked::pay, 0, photo, 1);
  ASSERT_NE(t.said(happened::operation_refused, payment), nullptr);
  EXPECT_EQ(t.said(happened::operation_refused, payment)->what.detail, static_cast<std::uint64_t>(Refusal::no_order));
}

TEST(ShardedStore, NobodyKeepsWhatIsNotHis) {
  ShardedTable t({});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(2));
  const std::uint32_t user = stranger(t);
  t.deliver(NodeId(0), NodeId(user), shard_store(t.parcels(), t.at(NodeId(0), photo)->state));
  EXPECT_FALSE(holds(t, NodeId(user)));
}

TEST(ShardedStore, AForgedRecordIsRefusedAndItsSenderCutOff) {
  ShardedTable t({});
  t.ask(Asked::publish, 0, photo);
  t.run(seconds(2));
  Operation forged = *t.at(NodeId(0), photo)->state.custody.front();
  forged.number += 100;
  const NodeId victim = other_holder(t);
  t.deliver(NodeId(0), victim, shard_store(t.parcels(), Answer{{make_operation(std::move(forged))}}));
  EXPECT_EQ(t.count(happened::peer_banned, victim), 1U);
  EXPECT_EQ(t.at(victim, photo)->stamp(), 0U);
}

TEST(ShardedStore, MachinesThatAgreeExchangeSumsOnly) {
  ShardedTable t({.set = {{"compare_every", "10 s"}}});
  for (std::uint32_t k = 0; k < 5; ++k) t.ask(Asked::publish, 0, {UserId(0), k});
  t.run(minutes(5));
  EXPECT_GT(t.sent(kind::shard_sum), 0U);
  EXPECT_EQ(t.sent(kind::shard_names), 0U);
}

TEST(ShardedStore, WorksTheSameOverEncodedMessages) {
  ShardedTable t({.set = {{"placement", "copysets"}}, .coded = true});
  const std::uint32_t publication = t.ask(Asked::publish, 0, photo);
  t.run(seconds(2));
  EXPECT_NE(t.said(happened::operation_acked, publication), nullptr);
  const std::uint32_t reading = t.ask(Asked::read, stranger(t), photo);
  t.wipe(NodeId(0));
  t.restart(NodeId(0));
  t.run(seconds(10));
  EXPECT_NE(t.at(NodeId(0), photo), nullptr);
  ASSERT_NE(t.said(happened::read_answered, reading), nullptr);
  EXPECT_EQ(t.said(happened::read_answered, reading)->what.amount, 1U);
}

TEST(ShardedStore, ValuesThatContradictEachOtherAreRefused) {
  const ProtocolRow row = sharded_store_row();
  Params params = Params::defaults(row.fields());
  EXPECT_EQ(row.check(params), "");
  EXPECT_EQ(params.set("acks", "4"), "");
  EXPECT_NE(row.check(params).find("acks"), std::string::npos);
  EXPECT_EQ(params.set("acks", "2"), "");
  EXPECT_EQ(params.set("scatter", "1"), "");
  EXPECT_NE(row.check(params).find("scatter"), std::string::npos);
}

}  // namespace
}  // namespace peerlab
