// What users do through nakamoto peers: publish, pay, transfer; and what reorganisations do to it.
#include <gtest/gtest.h>

#include "models/protocols/record_view.h"
#include "models/replication/messages.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

Request asks(std::uint32_t number, Asked what, std::uint32_t user) {
  Request r;
  r.number = number;
  r.what = what;
  r.user = UserId(user);
  return r;
}
Request publish(std::uint32_t number, std::uint32_t user, std::uint32_t ordinal, std::uint32_t size = 2000) {
  Request r = asks(number, Asked::publish, user);
  r.record = {UserId(user), ordinal};
  r.size = size;
  return r;
}
Request pay(std::uint32_t number, std::uint32_t user, std::uint32_t to, std::uint64_t amount) {
  Request r = asks(number, Asked::pay, user);
  r.other = UserId(to);
  r.amount = amount;
  return r;
}
Request transfer(std::uint32_t number, std::uint32_t user, std::uint32_t to, RecordName record) {
  Request r = asks(number, Asked::transfer, user);
  r.other = UserId(to);
  r.record = record;
  return r;
}

Table::Options line_of(std::uint32_t n) {
  Table::Options o;
  o.nodes = n;
  for (std::uint32_t i = 0; i + 1 < n; ++i) o.links.emplace_back(i, i + 1);
  return o;
}

void mine(Table& table, std::uint32_t who, int blocks) {
  for (int i = 0; i < blocks; ++i) {
    table.run(seconds(600));
    table.win(who);
  }
  table.run(seconds(2));
}

struct Shown : HoldingsSink {
  std::vector<std::tuple<std::uint64_t, std::uint64_t, bool>> records;
  Hash256 digest;
  std::uint32_t height = 0;
  std::vector<std::uint32_t> keys;
  void state_digest(const Hash256& d) override { digest = d; }
  bool begin_bundle(std::uint64_t) override { return true; }
  void end_bundle() override {}
  void held(const HeldWrite& write) override { records.emplace_back(write.record, write.bytes, write.sealed); }
  void tip(std::uint32_t h, const Hash256&) override { height = h; }
  void key(std::uint32_t user) override { keys.push_back(user); }
};

TEST(Operations, APublishedRecordReachesEveryMempoolAndIsAckedAtItsDepth) {
  Table table(line_of(3));
  table.submit(0, publish(7, 0, 1));
  EXPECT_EQ(table.count(happened::operation_accepted, 0), 1U);
  table.run(seconds(30));
  EXPECT_EQ(table.count(happened::record_held), 3U);
  EXPECT_EQ(table.replica(2).mempool.size(), 1U);
  EXPECT_EQ(table.sent(kind::transaction_inventory), 2U) << "0 tells 1, 1 tells 2, nobody tells back";
  mine(table, 2, 5);
  EXPECT_EQ(table.count(happened::operation_acked), 0U);
  mine(table, 2, 1);
  ASSERT_EQ(table.count(happened::operation_acked), 1U);
  for (const Table::Told& t : table.told()) {
    if (t.what.kind == happened::operation_acked) {
      EXPECT_EQ(t.who, NodeId(0));
      EXPECT_EQ(t.what.subject, 7U);
      EXPECT_EQ(t.what.amount, 6U);
    }
  }
  EXPECT_EQ(table.replica(2).mempool.size(), 0U);
  EXPECT_EQ(table.count(happened::compact_incomplete), 0U) << "every mempool held it";
  EXPECT_EQ(table.parcels().alive(), 0U);
}

TEST(Operations, EveryPeerShowsAWriteAsSoonAsItsMempoolOrChainHasIt) {
  Table table(line_of(3));
  table.submit(0, publish(7, 0, 1));
  EXPECT_EQ(table.count(happened::operation_shown, 0), 1U);
  EXPECT_EQ(table.count(happened::operation_shown, 2), 0U);
  table.run(seconds(30));
  EXPECT_EQ(table.count(happened::operation_shown, 2), 1U);
  mine(table, 2, 2);
  EXPECT_EQ(table.count(happened::operation_shown), 3U) << "a block that confirms it shows nothing new";
}

TEST(Operations, AreFinalAtTheDepthThatTheRaceAsksForWhateverTheAckRuleIs) {
  for (const auto& [adversary, depth] : {std::pair<const char*, std::uint32_t>{"10 %", 6}, {"2 %", 3}}) {
    Table::Options o = line_of(2);
    o.set = {{"ack", "depth 1"}, {"adversary", adversary}};
    Table table(o);
    table.submit(0, publish(7, 0, 1));
    table.run(seconds(30));
    mine(table, 1, static_cast<int>(depth) - 1);
    EXPECT_EQ(table.count(happened::operation_acked), 1U);
    EXPECT_EQ(table.count(happened::operation_final), 0U) << adversary;
    mine(table, 1, 1);
    EXPECT_EQ(table.count(happened::operation_final), 1U) << adversary;
    mine(table, 1, 3);
    EXPECT_EQ(table.count(happened::operation_final), 1U) << "told once";
  }
}

TEST(Operations, ManyAtOnceTravelInOneBatch) {
  Table table(line_of(3));
  for (std::uint32_t i = 0; i < 8; ++i) table.submit(0, publish(i, 0, i));
  table.run(seconds(30));
  EXPECT_EQ(table.replica(2).mempool.size(), 8U);
  EXPECT_LE(table.sent(kind::transaction_inventory), 4U);
  EXPECT_EQ(table.sent(kind::transaction), 16U);
}

TEST(Operations, MoneyAndUnconfirmedChangeAreSpendable) {
  Table::Options o = line_of(2);
  o.set = {{"coins_per_user", "1"}, {"ack", "depth 1"}};
  Table table(o);
  for (std::uint32_t i = 0; i < 5; ++i) table.submit(0, pay(i, 0, 1, 1000));
  EXPECT_EQ(table.count(happened::operation_accepted), 5U) << "each spends the change of the one before";
  table.run(seconds(30));
  table.submit(1, pay(9, 1, 0, 4000));
  table.run(seconds(30));
  EXPECT_EQ(table.replica(0).mempool.size(), 6U);
  mine(table, 0, 1);
  EXPECT_EQ(table.count(happened::operation_acked), 6U);
}

TEST(Operations, WhoHasNoCoinsIsRefused) {
  Table::Options o = line_of(2);
  o.set = {{"coins_per_user", "1"}, {"coin_amount", "5000"}};
  Table table(o);
  table.submit(0, pay(3, 0, 1, 5000));
  ASSERT_EQ(table.told().size(), 1U);
  EXPECT_EQ(table.told()[0].what.kind, happened::operation_refused);
  EXPECT_EQ(table.told()[0].what.detail, static_cast<std::uint64_t>(Verdict::overspend));
}

TEST(Operations, ARecordGoesToANewOwnerWhoAloneCanGiveItAwayAgain) {
  Table table(line_of(3));
  table.submit(0, publish(0, 0, 1));
  table.run(seconds(30));
  table.submit(0, transfer(1, 0, 2, {UserId(0), 1}));
  table.run(seconds(30));
  mine(table, 1, 1);
  table.submit(0, transfer(2, 0, 1, {UserId(0), 1}));
  EXPECT_EQ(table.count(happened::operation_refused, 0), 1U);
  table.submit(2, transfer(3, 2, 1, {UserId(0), 1}));
  EXPECT_EQ(table.count(happened::operation_accepted, 2), 1U);
}

TEST(Operations, PrivateRecordsAreSealedAndOnlyTheirOwnerOpensThem) {
  Table::Options o = line_of(3);
  o.protection = {{"encryption", "end-to-end"}};
  Table table(o);
  Request r = publish(0, 0, 1);
  r.is_private = true;
  table.submit(0, r);
  table.run(seconds(30));
  table.submit(0, transfer(1, 0, 2, r.record));
  table.run(seconds(30));
  Shown shown;
  table.node(1).show(shown);
  ASSERT_EQ(shown.records.size(), 2U) << "before and after the transfer";
  for (const auto& [name, bytes, sealed] : shown.records) {
    EXPECT_EQ(name, r.record.packed());
    EXPECT_TRUE(sealed);
    EXPECT_GT(bytes, 2000U);
  }
  EXPECT_EQ(shown.keys, std::vector<std::uint32_t>{1});
  // The latest stored form opens with the new owner's key and nobody else's.
  BlockPool& pool = table.pool(1);
  KeyBook book(1);
  const Content* content = nullptr;
  for (const OutputRef out : pool.transactions.outputs_of(book.public_key(UserId(2)))) {
    if (pool.transactions.output(out).record) content = stored_content_of(pool.transactions, out);
  }
  ASSERT_NE(content, nullptr);
  EXPECT_TRUE(open_content(*content, book.key_pair(UserId(2))).has_value());
  EXPECT_FALSE(open_content(*content, book.key_pair(UserId(1))).has_value());
}

TEST(Operations, AReorganisationUndoesAnAckAndTheMempoolBringsItBack) {
  Table::Options o = line_of(2);
  o.set = {{"ack", "depth 1"}};
  Table table(o);
  table.cut(0, 1);
  table.submit(0, publish(5, 0, 1));
  mine(table, 0, 1);
  EXPECT_EQ(table.count(happened::operation_acked), 1U);
  mine(table, 1, 2);
  table.mend(0, 1);
  table.run(seconds(30));
  EXPECT_EQ(table.tip(0), table.tip(1));
  EXPECT_EQ(table.count(happened::operation_undone), 1U);
  EXPECT_EQ(table.replica(0).mempool.size(), 1U) << "returned by the reorganisation";
  EXPECT_EQ(table.replica(1).mempool.size(), 1U) << "and announced again";
  mine(table, 1, 1);
  EXPECT_EQ(table.count(happened::operation_acked), 2U);
}

TEST(Operations, AMendedLinkTellsEachSideWhatTheOtherHeardMeanwhile) {
  Table table(line_of(2));
  table.cut(0, 1);
  table.submit(0, publish(0, 0, 1));
  table.submit(1, publish(1, 1, 1));
  table.run(minutes(5));
  table.mend(0, 1);
  table.run(seconds(30));
  EXPECT_EQ(table.replica(0).mempool.size(), 2U);
  EXPECT_EQ(table.replica(1).mempool.size(), 2U);
}

TEST(Operations, WhatAUserSubmittedSurvivesACrashOfHisMachine) {
  Table table(line_of(2));
  table.cut(0, 1);
  table.submit(0, publish(0, 0, 1));
  table.crash(0);
  table.restart(0);
  table.run(seconds(30));
  EXPECT_EQ(table.replica(1).mempool.size(), 1U);
}

TEST(Operations, ARejoiningPeerHearsOfTheMempoolOfItsNeighbours) {
  Table table(line_of(2));
  mine(table, 0, 3);
  table.crash(1);
  table.submit(0, publish(0, 0, 1));
  mine(table, 0, 0);
  table.run(seconds(30));
  table.restart(1);
  table.run(seconds(30));
  EXPECT_EQ(table.replica(1).mempool.size(), 1U);
}

TEST(Operations, ALostTransactionIsAskedOfAnotherPeer) {
  Table table(Table::Options{});
  table.loses = [](NodeId from, NodeId to, const Message& m) {
    return from == NodeId(0) && to == NodeId(2) && m.kind == kind::transaction;
  };
  table.submit(0, publish(0, 0, 1));
  table.run(seconds(30));
  EXPECT_EQ(table.replica(1).mempool.size(), 1U);
  table.run(seconds(90));
  EXPECT_EQ(table.replica(2).mempool.size(), 1U);
  EXPECT_GE(table.count(happened::request_timed_out, 2), 1U);
}

TEST(Operations, CompactBlocksFetchWhatTheMempoolLacks) {
  Table table(line_of(2));
  table.loses = [](NodeId, NodeId, const Message& m) { return m.kind == kind::transaction_inventory; };
  for (std::uint32_t i = 0; i < 5; ++i) table.submit(0, publish(i, 0, i));
  mine(table, 0, 1);
  EXPECT_EQ(table.height(1), 1U);
  EXPECT_EQ(table.count(happened::compact_incomplete, 1), 1U);
  EXPECT_EQ(table.sent(kind::missing_transactions), 1U);
  EXPECT_EQ(table.count(happened::record_held, 1), 5U) << "held since the block";
}

// --- reads, new versions, erasures ---------------------------------------------------------------------------------------

Request write(std::uint32_t number, Asked what, std::uint32_t user, RecordName record, std::uint32_t size = 0) {
  Request r = asks(number, what, user);
  r.record = record;
  r.size = size;
  return r;
}

struct Answered {
  std::uint64_t version = 0;
  bool genuine = false;
  friend bool operator==(const Answered&, const Answered&) = default;
};

// What user `user` is told when he reads `record` now.
Answered read(Table& table, std::uint32_t user, RecordName record) {
  const std::size_t before = table.told().size();
  table.submit(user, write(900, Asked::read, user, record));
  EXPECT_EQ(table.told().size(), before + 1) << "answered at once, and nothing else is told";
  const Happening& what = table.told().back().what;
  EXPECT_EQ(what.kind, happened::read_answered);
  EXPECT_EQ(what.subject, 900U);
  return {what.detail, what.amount == 1};
}

constexpr RecordName the_record{UserId(0), 1};

TEST(Operations, AReadIsAnsweredFromThePeersOwnCopyAtOnce) {
  Table table(line_of(3));
  EXPECT_EQ(read(table, 2, the_record), (Answered{happened::no_version, false}));
  table.submit(0, publish(7, 0, 1));
  EXPECT_EQ(read(table, 0, the_record), (Answered{7, true})) << "in his own mempool";
  EXPECT_EQ(read(table, 2, the_record), (Answered{happened::no_version, false}))
      << "not here yet, whatever the pool knows";
  table.run(seconds(30));
  EXPECT_EQ(read(table, 2, the_record), (Answered{7, true}));
  EXPECT_EQ(read(table, 2, {UserId(0), 2}), (Answered{happened::no_version, false})) << "another record";
  EXPECT_EQ(read(table, 2, {UserId(1), 1}), (Answered{happened::no_version, false})) << "another publisher";
  mine(table, 1, 1);
  EXPECT_EQ(read(table, 2, the_record), (Answered{7, true})) << "from the chain";
}

TEST(Operations, AReadIsChargedWithReadingAndHashingTheContent) {
  Table table(line_of(2));
  table.submit(0, publish(7, 0, 1, 2000));
  table.run(seconds(30));
  const Work before = table.work(1);
  (void)read(table, 1, the_record);
  EXPECT_EQ(table.work(1).bytes_read, before.bytes_read + 2000);
  EXPECT_EQ(table.work(1).bytes_hashed, before.bytes_hashed + 2000);
  EXPECT_EQ(table.work(1).state_steps, before.state_steps + 2) << "the name, and one write";
  EXPECT_EQ(table.work(1).signatures, before.signatures) << "checked when the transaction came";
}

TEST(Operations, ANewVersionIsSeenWhereItHasArrived) {
  Table table(line_of(3));
  table.submit(0, publish(1, 0, 1, 2000));
  table.run(seconds(30));
  mine(table, 1, 1);
  table.cut(1, 2);
  table.submit(0, write(2, Asked::update, 0, the_record, 3000));
  table.submit(0, write(3, Asked::update, 0, the_record, 500));
  EXPECT_EQ(table.count(happened::operation_accepted, 0), 3U) << "a version on one that is not confirmed yet";
  table.run(seconds(30));
  EXPECT_EQ(read(table, 1, the_record), (Answered{3, true}));
  EXPECT_EQ(read(table, 2, the_record), (Answered{1, true})) << "stale behind the cut";
  EXPECT_EQ(table.count(happened::record_held, 1), 3U);
  const Work before = table.work(1);
  (void)read(table, 1, the_record);
  EXPECT_EQ(table.work(1).bytes_read, before.bytes_read + 500) << "the last content, not the first";
  table.mend(1, 2);
  table.run(seconds(30));
  EXPECT_EQ(read(table, 2, the_record), (Answered{3, true}));
  mine(table, 1, 6);
  EXPECT_EQ(table.count(happened::operation_acked, 0), 3U);
}

TEST(Operations, OnlyTheOwnerGivesANewVersionOrErases) {
  Table table(line_of(3));
  table.submit(0, publish(1, 0, 1));
  table.run(seconds(30));
  table.submit(2, write(2, Asked::update, 2, the_record, 10));
  table.submit(2, write(3, Asked::erase, 2, the_record));
  EXPECT_EQ(table.count(happened::operation_refused, 2), 2U);
  table.submit(0, transfer(4, 0, 2, the_record));
  table.run(seconds(30));
  table.submit(0, write(5, Asked::update, 0, the_record, 10));
  EXPECT_EQ(table.count(happened::operation_refused, 0), 1U) << "he gave it away";
  EXPECT_EQ(read(table, 1, the_record), (Answered{4, true})) << "the content of the publication, under a new owner";
  table.submit(2, write(6, Asked::update, 2, the_record, 10));
  table.run(seconds(30));
  EXPECT_EQ(read(table, 1, the_record), (Answered{6, true}));
}

TEST(Operations, AnErasedRecordIsReadAsErasedAndItsOldBytesRemainInTheBlocks) {
  Table table(line_of(2));
  table.submit(0, publish(1, 0, 1, 2000));
  mine(table, 1, 1);
  table.submit(0, write(2, Asked::erase, 0, the_record));
  table.run(seconds(30));
  const Work before = table.work(1);
  EXPECT_EQ(read(table, 1, the_record), (Answered{2, true})) << "the last write is the erasure";
  EXPECT_EQ(table.work(1).bytes_read, before.bytes_read) << "no content is served";
  mine(table, 1, 1);
  EXPECT_EQ(read(table, 1, the_record), (Answered{2, true}));
  table.submit(0, write(3, Asked::update, 0, the_record, 10));
  table.submit(0, publish(4, 0, 1));
  EXPECT_EQ(table.count(happened::operation_refused, 0), 2U) << "neither written nor published again";
  Shown shown;
  table.node(1).show(shown);
  ASSERT_EQ(shown.records.size(), 1U) << "whoever breaks into a peer still finds what was";
  EXPECT_EQ(std::get<1>(shown.records[0]), 2000U);
}

TEST(Operations, AReorganisationTakesAVersionBackFromReaders) {
  Table table(line_of(2));
  table.submit(0, publish(1, 0, 1, 2000));
  mine(table, 0, 1);
  table.cut(0, 1);
  table.submit(0, write(2, Asked::update, 0, the_record, 100));
  table.submit(1, publish(3, 1, 1, 100));
  mine(table, 0, 1);
  EXPECT_EQ(read(table, 0, the_record), (Answered{2, true}));
  mine(table, 1, 2);
  EXPECT_EQ(read(table, 1, the_record), (Answered{1, true}));
  table.mend(0, 1);
  table.run(seconds(30));
  EXPECT_EQ(read(table, 0, the_record), (Answered{2, true})) << "back in the mempool, and still the last write here";
  EXPECT_EQ(read(table, 1, the_record), (Answered{2, true})) << "announced again";
  EXPECT_EQ(read(table, 0, {UserId(1), 1}), (Answered{3, true}));
}

TEST(Operations, PrivateNewVersionsAreSealedToTheirOwner) {
  Table::Options o = line_of(2);
  o.protection = {{"encryption", "end-to-end"}};
  o.private_pools = true;
  Table table(o);
  Request first = publish(1, 0, 1);
  first.is_private = true;
  table.submit(0, first);
  Request second = write(2, Asked::update, 0, the_record, 300);
  second.is_private = true;
  table.submit(0, second);
  table.run(seconds(30));
  EXPECT_EQ(read(table, 1, the_record), (Answered{2, true})) << "encoded and decoded on the way";
  BlockPool& pool = table.pool(1);
  KeyBook book(1);
  Work work;
  const RecordView view = view_record(pool, table.replica(1).tree.tip(), table.replica(1).mempool,
                                      book.public_key(UserId(0)), the_record.packed(), work);
  ASSERT_NE(view.content, nullptr);
  EXPECT_EQ(view.content->size(), 300U + 96U);
  EXPECT_TRUE(open_content(*view.content, book.key_pair(UserId(0))).has_value());
  EXPECT_FALSE(open_content(*view.content, book.key_pair(UserId(1))).has_value());
}

TEST(Operations, AnErasureWhoseFeeLeavesNoChangeIsStillATransaction) {
  Table::Options o = line_of(2);
  o.set = {{"coins_per_user", "1"}, {"fee_rate", "0"}, {"coin_amount", "1000"}};
  Table table(o);
  table.submit(0, publish(1, 0, 1));
  table.submit(0, pay(2, 0, 1, 1000));  // everything he has
  table.submit(0, write(3, Asked::erase, 0, the_record));
  EXPECT_EQ(table.count(happened::operation_accepted, 0), 3U);
  EXPECT_EQ(read(table, 0, the_record), (Answered{3, true}));
}

}  // namespace
}  // namespace peerlab
