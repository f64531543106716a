// A log that is folded into a snapshot: what it saves, and that nobody notices.
#include <gtest/gtest.h>

#include <set>

#include "tests/models/protocols/central_table.h"

namespace peerlab {
namespace {

using Set = std::vector<std::pair<std::string, std::string>>;

void write_some(CentralTable& table, std::uint32_t count, std::uint32_t from = 0, std::uint32_t user = 0) {
  for (std::uint32_t i = 0; i < count; ++i) {
    table.publish(user, from + i);
    table.run(milliseconds(200));
  }
}

std::size_t snapshots_on(const Disk& disk) {
  return static_cast<std::size_t>(std::count_if(disk.entries().begin(), disk.entries().end(), [](const DiskEntry& e) {
    return e.kind == static_cast<std::uint32_t>(CentralLog::Stored::snapshot);
  }));
}

TEST(CentralCompaction, FoldsTheLogAndFreesItsPlace) {
  CentralTable folding({.set = {{"compact_every", "10"}}});
  CentralTable growing({.set = {{"compact_every", "0"}}});
  for (CentralTable* table : {&folding, &growing}) {
    write_some(*table, 5);
    for (std::uint32_t i = 0; i < 95; ++i) {  // the same few records over and over
      table->change(Asked::update, 0, {UserId(0), i % 5});
      table->run(milliseconds(200));
    }
    table->run(seconds(10));
    EXPECT_EQ(table->count(happened::operation_acked), 100U);
  }
  EXPECT_EQ(folding.server(0).log().base(), 100U);
  EXPECT_EQ(folding.server(0).log().length(), 100U);
  EXPECT_EQ(folding.server(0).store().digest(), growing.server(0).store().digest());
  const Disk& small = folding.disk(folding.server_id(0));
  const Disk& large = growing.disk(growing.server_id(0));
  EXPECT_EQ(small.entries().size(), 1U) << "one server promises nothing: the snapshot is all";
  EXPECT_EQ(large.entries().size(), 100U);
  EXPECT_LT(small.bytes() * 10, large.bytes()) << "five records instead of a hundred writes";
}

// Every so many entries the whole store was copied anew, so that copies grew with the square of the writes.
TEST(CentralCompaction, CopiesOfAStoreThatOnlyGrowsComeToAFewTimesItsSize) {
  CentralTable table({.set = {{"compact_every", "5"}}});
  for (std::uint32_t i = 0; i < 100; ++i) {
    table.publish(0, i, false, 100'000);
    table.run(milliseconds(500));
  }
  table.run(seconds(5));
  const Journal& journal = table.system().shared().journal;
  std::uint64_t all = 0;
  for (const Snapshot& snapshot : journal.snapshots()) all += encoded_size(snapshot);
  EXPECT_LT(all, 4 * encoded_size(journal.snapshots().back()));
  EXPECT_GE(journal.snapshots().size(), 5U);
  EXPECT_GT(table.server(0).log().base(), 60U) << "what is not folded is less than half of what is";
}

TEST(CentralCompaction, IsReadBackAfterAPowerCut) {
  CentralTable table({.set = {{"compact_every", "10"}, {"retries", "1000"}}});
  write_some(table, 25);
  table.pay(0, 1, 77);
  table.run(seconds(5));
  const Hash256 before = table.server(0).store().digest();
  table.crash(table.server_id(0));
  table.restart(table.server_id(0));
  EXPECT_EQ(table.server(0).log().base(), 20U);
  EXPECT_EQ(table.server(0).log().length(), 26U);
  EXPECT_EQ(table.server(0).store().digest(), before);
  EXPECT_EQ(table.server(0).store().balance(UserId(1)), 1'000'000'077U);
  const std::uint32_t again = table.read(1, {UserId(0), 3});  // from the snapshot
  table.run(seconds(5));
  ASSERT_NE(table.said(happened::read_answered, again), nullptr);
  EXPECT_EQ(table.said(happened::read_answered, again)->what.amount, 1U) << "with its owner's signature";
  const std::uint32_t third = table.publish(0, 3);
  table.run(seconds(5));
  EXPECT_EQ(table.refused(third), static_cast<std::uint64_t>(Verdict::duplicate_record));
}

TEST(CentralCompaction, RemembersWhatBecameOfEveryWrite) {
  CentralTable table({.set = {{"compact_every", "3"}}});
  write_some(table, 3);
  table.run(seconds(5));
  ASSERT_EQ(table.server(0).log().base(), 3U);
  table.crash(table.server_id(0));
  table.restart(table.server_id(0));
  for (std::uint32_t number = 0; number < 3; ++number) {
    ASSERT_NE(table.server(0).store().verdict_of(number), nullptr);
    EXPECT_EQ(*table.server(0).store().verdict_of(number), Verdict::ok) << "a repetition is answered, not done again";
  }
}

TEST(CentralCompaction, ForgetsTheOldOnlyWhenTheNewIsOnDisk) {
  CentralTable table({.set = {{"compact_every", "10"}, {"retries", "1000"}}});
  write_some(table, 9);
  table.publish(0, 9);
  table.run(milliseconds(60));  // done, and the snapshot is being written
  const NodeId where = table.server_id(0);
  ASSERT_TRUE(table.server(0).log().compacting());
  EXPECT_EQ(table.disk(where).entries().size(), 11U) << "ten entries and the snapshot";
  const Hash256 before = table.server(0).store().digest();
  table.crash(where, true);
  EXPECT_EQ(snapshots_on(table.disk(where)), 1U) << "half of it";
  table.restart(where);
  EXPECT_EQ(table.server(0).log().length(), 10U) << "read from the entries, which are all there";
  EXPECT_EQ(table.server(0).store().digest(), before);
  EXPECT_EQ(snapshots_on(table.disk(where)), 2U) << "and it writes another snapshot at once";
  table.run(seconds(2));
  EXPECT_EQ(snapshots_on(table.disk(where)), 1U) << "which replaces the torn one as well";
  EXPECT_EQ(table.disk(where).entries().size(), 2U) << "beside it the epoch";
  table.crash(where);
  table.restart(where);
  EXPECT_EQ(table.server(0).store().digest(), before);
}

TEST(CentralCompaction, IsDoneByEveryServerOfAGroup) {
  for (const char* rule : {"synchronous", "quorum", "asynchronous"}) {
    CentralTable table({.set = {{"servers", "3"}, {"replication", rule}, {"compact_every", "10"}},
                        .coded = std::string(rule) == "quorum"});
    write_some(table, 45);
    table.run(seconds(10));
    for (std::uint32_t s = 0; s < 3; ++s) {
      EXPECT_GE(table.server(s).log().base(), 20U) << rule << " server " << s;
      EXPECT_EQ(table.server(s).store().digest(), table.server(0).store().digest()) << rule;
      EXPECT_LT(table.disk(table.server_id(s)).entries().size(), 40U) << rule << " server " << s;
    }
  }
}

TEST(CentralCompaction, AServerThatLacksWhatIsFoldedGetsTheSnapshot) {
  for (const bool wiped : {false, true}) {
    CentralTable table({.set = {{"servers", "3"},
                                {"replication", "quorum"},
                                {"failover", "1 s"},
                                {"compact_every", "10"},
                                {"retries", "1000"}},
                        .coded = true});
    write_some(table, 5);
    table.crash(table.server_id(2));
    if (wiped) table.wipe(table.server_id(2));
    write_some(table, 40, 5);
    ASSERT_GT(table.server(0).log().base(), 20U);
    table.restart(table.server_id(2));
    table.run(seconds(10));
    EXPECT_GT(table.sent(kind::snapshot_part), 0U);
    EXPECT_LE(table.sent(kind::snapshot_part), 2U) << "once or twice, not with every beat";
    EXPECT_EQ(table.server(2).store().digest(), table.server(0).store().digest());
    EXPECT_EQ(table.server(2).log().length(), table.server(0).log().length());
    EXPECT_TRUE(table.server(2).group().whole()) << "and may vote again";
    // It holds what it was given: it can be primary when the others fail.
    table.crash(table.server_id(0));
    table.run(seconds(10));
    table.crash(table.server_id(2));
    table.restart(table.server_id(2));
    table.run(seconds(10));
    EXPECT_EQ(table.server(2).store().digest(), table.server(1).store().digest());
  }
}

/// Writes of which this machine said that they are flushed.
std::set<std::uint32_t> flushed_by(const CentralTable& table, NodeId server) {
  std::set<std::uint32_t> all;
  for (const CentralTable::Told& t : table.told()) {
    if (t.who == server && t.what.kind == happened::operation_flushed) {
      all.insert(static_cast<std::uint32_t>(t.what.subject));
    }
  }
  return all;
}

// What a server was given in a snapshot was never said to be on its disk, so that some writes counted as never final.
TEST(CentralCompaction, WhatASnapshotBringsIsSaidToBeFlushed) {
  CentralTable table({.set = {{"servers", "3"},
                              {"replication", "asynchronous"},
                              {"failover", "1 s"},
                              {"compact_every", "10"},
                              {"retries", "1000"}}});
  table.crash(table.server_id(2));
  write_some(table, 45);
  ASSERT_GT(table.server(0).log().base(), 20U);
  table.restart(table.server_id(2));
  table.run(seconds(10));
  EXPECT_GT(table.sent(kind::snapshot_part), 0U);
  EXPECT_EQ(flushed_by(table, table.server_id(2)).size(), 45U);
}

// A compaction syncs the whole disk between two flushes, and what it had folded was passed over by the next one.
TEST(CentralCompaction, WhatIsFoldedBetweenTwoFlushesIsSaidToBeFlushed) {
  CentralTable table({.set = {{"flush_every", "1 h"}, {"compact_every", "10"}, {"retries", "1000"}}});
  write_some(table, 12);
  table.run(seconds(2));
  ASSERT_EQ(table.server(0).log().base(), 10U);
  EXPECT_EQ(flushed_by(table, table.server_id(0)).size(), 12U);
  table.crash(table.server_id(0));
  table.restart(table.server_id(0));
  EXPECT_EQ(table.server(0).log().length(), 12U) << "and so it was";
}

TEST(CentralCompaction, ALostPieceOfASnapshotIsShippedAgain) {
  CentralTable table({.set = {{"servers", "3"},
                              {"replication", "quorum"},
                              {"failover", "1 s"},
                              {"compact_every", "5"},
                              {"retries", "1000"}}});
  table.crash(table.server_id(2));
  write_some(table, 20);
  std::size_t lost = 0;
  table.loses = [&](NodeId, NodeId, const Message& m) { return m.kind == kind::snapshot_part && lost++ == 0; };
  table.restart(table.server_id(2));
  table.run(milliseconds(900));
  EXPECT_EQ(table.server(2).log().length(), 0U);
  table.run(seconds(10));
  EXPECT_EQ(table.server(2).store().digest(), table.server(0).store().digest());
  EXPECT_LT(table.sent(kind::append), 1000U) << "they do not talk without end meanwhile";
}

// Twenty parts that overtake each other, a fifth of them lost: what arrived is kept, and only what did not is sent again.
TEST(CentralCompaction, ALargeSnapshotArrivesOverALinkThatShufflesAndLoses) {
  for (const bool lossy : {false, true}) {
    CentralTable table({.set = {{"servers", "3"},
                                {"replication", "synchronous"},
                                {"failover", "1 s"},
                                {"compact_every", "20"},
                                {"retries", "1000"}},
                        .jitter = milliseconds(40)});
    for (std::uint32_t i = 0; i < 30; ++i) {
      table.publish(0, i, false, 900'000);
      table.run(seconds(1));
    }
    ASSERT_EQ(table.server(0).log().base(), 20U);
    table.crash(table.server_id(2));
    table.wipe(table.server_id(2));
    table.run(seconds(2));
    Stream chance(3, purpose("losses"));
    table.loses = [&](NodeId, NodeId, const Message& m) {
      return lossy && m.kind == kind::snapshot_part && chance.chance(0.2);
    };
    table.restart(table.server_id(2));
    table.run(seconds(lossy ? 30 : 2));
    EXPECT_EQ(table.server(2).store().digest(), table.server(0).store().digest());
    EXPECT_GT(table.sent(kind::snapshot_part), 15U);
    EXPECT_LT(table.sent(kind::snapshot_part), lossy ? 50U : 25U);
    EXPECT_TRUE(table.server(2).group().whole());
  }
}

// A link so slow that the whole takes many times the patience of the primary, whose users go on writing meanwhile.
TEST(CentralCompaction, ALargeSnapshotArrivesThoughItTakesLongerThanAFailover) {
  CentralTable table({.set = {{"servers", "3"},
                              {"replication", "synchronous"},
                              {"failover", "1 s"},
                              {"compact_every", "100"},
                              {"retries", "1000"}}});
  write_some(table, 105, 0);
  for (std::uint32_t i = 0; i < 95; ++i) table.publish(0, 1000 + i, false, 900'000);
  table.run(seconds(5));
  ASSERT_EQ(table.server(0).log().base(), 200U);
  table.crash(table.server_id(2));
  table.wipe(table.server_id(2));
  std::size_t nth = 0;  // of eight parts only one arrives, so each needs several reminders
  table.loses = [&](NodeId, NodeId, const Message& m) { return m.kind == kind::snapshot_part && ++nth % 8 != 0; };
  table.restart(table.server_id(2));
  for (std::uint32_t i = 0; i < 300; ++i) {
    if (i % 10 == 0) table.publish(1, i);
    table.run(seconds(1));
  }
  EXPECT_EQ(table.server(2).store().digest(), table.server(0).store().digest());
  EXPECT_GT(table.sent(kind::snapshot_part), 500U) << "eight times each of some eighty parts";
  EXPECT_TRUE(table.server(2).group().whole());
}

// Logs that are flushed late may be lost on a majority that had said that it holds them. Whoever has folded such entries, which
// syncs them, then stands alone with what the others have forgotten.
TEST(CentralCompaction, WhoHasFoldedWhatAMajorityLostTakesTheSnapshotOfTheOthers) {
  for (const std::uint32_t later : {1U, 30U}) {  // the new log is shorter, or longer, than what was folded
    CentralTable table({.set = {{"servers", "3"},
                                {"replication", "quorum"},
                                {"failover", "1 s"},
                                {"flush_every", "1 h"},
                                {"compact_every", "10"},
                                {"retries", "1000"}}});
    table.loses = [](NodeId, NodeId, const Message& m) { return m.kind == kind::fold; };  // the others fold nothing
    write_some(table, 12);
    table.run(seconds(2));
    ASSERT_EQ(table.server(0).log().base(), 10U);
    for (std::uint32_t s = 0; s < 3; ++s) table.crash(table.server_id(s));
    table.restart(table.server_id(1));
    table.restart(table.server_id(2));
    table.run(seconds(10));
    ASSERT_LT(table.server(1).log().length(), 10U) << "they have lost it";
    write_some(table, later, 0, 1);
    table.run(seconds(5));
    table.restart(table.server_id(0));
    EXPECT_EQ(table.server(0).log().base(), 10U);
    table.run(seconds(20));
    EXPECT_EQ(table.primaries().size(), 1U);
    for (std::uint32_t s = 0; s < 2; ++s) {
      EXPECT_EQ(table.server(s).store().digest(), table.server(2).store().digest()) << later << " server " << s;
    }
    EXPECT_EQ(table.server(0).log().length(), table.server(1).log().length());
  }
}

TEST(CentralCompaction, ABackupBeginsAgainWithTheSnapshot) {
  CentralTable table({.set = {{"compact_every", "10"},
                              {"backup_every", "1 min"},
                              {"restore", "10 s"},
                              {"retries", "1000"},
                              {"backoff_limit", "5 s"}}});
  const NodeId where = table.server_id(0);
  write_some(table, 5);
  table.run(minutes(1));
  EXPECT_EQ(table.disk(where).backup().size(), 5U);
  write_some(table, 18, 5);
  table.run(minutes(1));
  EXPECT_EQ(table.server(0).log().base(), 20U);
  EXPECT_EQ(table.disk(where).backup().size(), 4U) << "the snapshot and three entries";
  const Hash256 kept = table.server(0).store().digest();
  table.wipe(where);
  table.restart(where);
  table.run(seconds(11));
  EXPECT_EQ(table.server(0).store().digest(), kept);
  EXPECT_EQ(table.server(0).log().base(), 20U);
  // It goes on with the same backup, and survives another wipe.
  write_some(table, 2, 23);
  table.run(minutes(1));
  EXPECT_EQ(table.disk(where).backup().size(), 6U);
  const Hash256 later = table.server(0).store().digest();
  table.wipe(where);
  table.restart(where);
  table.run(seconds(11));
  EXPECT_EQ(table.server(0).store().digest(), later);
}

}  // namespace
}  // namespace peerlab
