// What auditors and thieves find on disks, in backups and in memory.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "models/protocols/central_holdings.h"
#include "models/protocols/nakamoto_holdings.h"
#include "tests/models/protocols/central_table.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

/// Writes down what is told, bundles taken apart.
struct Found final : HoldingsSink {
  void state_digest(const Hash256&) override {}
  void tip(std::uint32_t height, const Hash256&) override { tip_height = height; }
  void key(std::uint32_t user) override { keys.insert(user); }
  bool begin_bundle(std::uint64_t name) override {
    open = name;
    return bundles.insert(name).second;
  }
  void end_bundle() override { open = 0; }
  void held(const HeldWrite& write) override {
    (open != 0 ? in_bundles : alone).insert(write.number);
    damaged += write.intact ? 0U : 1U;
  }
  std::set<std::uint64_t> bundles;
  std::set<std::uint64_t> in_bundles;
  std::set<std::uint64_t> alone;
  std::set<std::uint32_t> keys;
  std::uint64_t open = 0;
  std::uint32_t tip_height = 0;
  std::size_t damaged = 0;
};
using Numbers = std::set<std::uint64_t>;

Request publishes(std::uint32_t number, std::uint32_t user) {
  Request r;
  r.number = number;
  r.what = Asked::publish;
  r.user = UserId(user);
  r.record = {UserId(user), number};
  r.size = 500;
  return r;
}

Table::Options three_peers() {
  Table::Options o;
  o.nodes = 3;
  return o;
}

void mine(Table& table, std::uint32_t who, int blocks) {
  for (int i = 0; i < blocks; ++i) {
    table.run(seconds(600));
    table.win(who);
  }
  table.run(seconds(2));
}

Found on_disk(Table& table, std::uint32_t n) {
  Found found;
  table.system().show_disk(table.disk(n).entries(), &table.pool(n), found);
  return found;
}

Found in_memory(Table& table, std::uint32_t n) {
  Found found;
  table.node(n).show(found);
  return found;
}

TEST(Holdings, AWaitingTransactionLiesInEveryMemoryAndOnItsOwnersDisk) {
  Table table(three_peers());
  table.submit(0, publishes(7, 0));
  table.run(seconds(30));
  for (std::uint32_t n = 0; n < 3; ++n) EXPECT_EQ(in_memory(table, n).alone, Numbers{7});
  EXPECT_EQ(on_disk(table, 0).alone, Numbers{7});
  EXPECT_EQ(on_disk(table, 1).alone, Numbers{});
}

TEST(Holdings, ABlockOnTheBranchIsABundleOnEveryDiskUnderOneName) {
  Table table(three_peers());
  table.submit(0, publishes(7, 0));
  table.run(seconds(30));
  mine(table, 1, 2);
  const Found first = on_disk(table, 0);
  EXPECT_EQ(first.bundles.size(), 2U);
  EXPECT_EQ(first.in_bundles, Numbers{7});
  EXPECT_EQ(first.alone, Numbers{}) << "the owner's own copy is in the block";
  for (std::uint32_t n = 0; n < 3; ++n) {
    EXPECT_EQ(on_disk(table, n).bundles, first.bundles);
    EXPECT_EQ(in_memory(table, n).bundles, first.bundles);
    EXPECT_EQ(in_memory(table, n).in_bundles, Numbers{7});
  }
  EXPECT_EQ(first.damaged, 0U);
}

TEST(Holdings, ADiskIsReadWhetherTheMachineIsOnOrOffAndAWipedOneIsEmpty) {
  Table table(three_peers());
  table.submit(0, publishes(7, 0));
  table.run(seconds(30));
  mine(table, 1, 3);
  table.crash(0);
  table.wipe(1);
  EXPECT_EQ(on_disk(table, 0).in_bundles, Numbers{7});
  EXPECT_TRUE(on_disk(table, 1).bundles.empty());
}

TEST(Holdings, ATornBlockAndWhatFollowsItIsNotThere) {
  Table table(three_peers());
  table.submit(0, publishes(7, 0));
  table.run(seconds(30));
  mine(table, 1, 3);
  std::vector<DiskEntry> entries(table.disk(2).entries().begin(), table.disk(2).entries().end());
  ASSERT_EQ(entries.size(), 3U);
  entries[1].bytes /= 2;
  Found found;
  table.system().show_disk(entries, &table.pool(2), found);
  EXPECT_EQ(found.bundles.size(), 1U);
}

TEST(Holdings, BlocksOffTheBranchAreNotCountedButTheirTransactionsWaitAgain) {
  Table table(three_peers());
  table.cut(0, 1);
  table.cut(0, 2);
  table.submit(0, publishes(7, 0));
  mine(table, 0, 1);
  EXPECT_EQ(on_disk(table, 0).in_bundles, Numbers{7});
  mine(table, 1, 3);
  table.mend(0, 1);
  table.run(seconds(30));
  ASSERT_EQ(table.height(0), 3U);
  EXPECT_EQ(on_disk(table, 0).bundles, on_disk(table, 1).bundles);
  EXPECT_EQ(on_disk(table, 0).in_bundles, Numbers{});
  EXPECT_EQ(on_disk(table, 0).alone, Numbers{7}) << "the owner keeps his own transaction";
  EXPECT_EQ(in_memory(table, 1).alone, Numbers{7}) << "it has come back to the mempools";
}

TEST(Holdings, TheDiskOfEveryPeerSaysWhereItStandsWhateverTheOrderOfItsBlocks) {
  Table table(three_peers());
  table.cut(0, 1);
  table.cut(0, 2);
  mine(table, 0, 2);
  mine(table, 1, 5);
  table.mend(0, 1);
  table.run(seconds(30));
  for (std::uint32_t n = 0; n < 3; ++n) {
    const BlockPool& pool = table.pool(n);
    std::vector<DiskEntry> entries(table.disk(n).entries().begin(), table.disk(n).entries().end());
    EXPECT_EQ(tip_on_disk(pool, entries), table.replica(n).tree.tip());
    std::reverse(entries.begin(), entries.end());
    EXPECT_EQ(tip_on_disk(pool, entries), table.replica(n).tree.tip()) << "children before their parents";
  }
}

Found in_backup(CentralTable& table, std::uint32_t server, bool backup) {
  Found found;
  const Disk& disk = table.disk(table.server_id(server));
  table.system().show_disk(backup ? disk.backup() : disk.entries(), nullptr, found);
  return found;
}

TEST(Holdings, AServersDiskHoldsItsLogAndTheBackupWhatWasBackedUp) {
  CentralTable table({.set = {{"backup_every", "10 s"}}});
  const std::uint32_t first = table.publish(0, 0);
  table.run(seconds(11));
  const std::uint32_t second = table.publish(1, 0);
  table.run(seconds(1));
  EXPECT_EQ(in_backup(table, 0, false).alone, (Numbers{first, second}));
  EXPECT_EQ(in_backup(table, 0, true).alone, Numbers{first});
  table.wipe(table.server_id(0));
  EXPECT_EQ(in_backup(table, 0, false).alone, Numbers{});
  EXPECT_EQ(in_backup(table, 0, true).alone, Numbers{first});
}

TEST(Holdings, WhatALaterPrimaryCutOffIsGone) {
  Journal journal;
  Operation draft;
  draft.user = UserId(0);
  draft.content = declared_content(9, 100);
  draft.commitment = commitment(*draft.content);
  std::vector<DiskEntry> disk;
  for (std::uint32_t i = 1; i <= 3; ++i) {
    draft.number = i;
    LogEntry entry{i, 1, make_operation(draft)};
    const std::uint32_t bytes = encoded_size(entry);
    disk.push_back({static_cast<std::uint32_t>(CentralLog::Stored::entry), journal.add(std::move(entry)), bytes});
  }
  disk.push_back({static_cast<std::uint32_t>(CentralLog::Stored::cut), 1, CentralLog::note_bytes});
  Found found;
  show_log(journal, disk, found);
  EXPECT_EQ(found.alone, Numbers{1});
  disk.back().bytes /= 2;  // the note was torn
  Found torn;
  show_log(journal, disk, torn);
  EXPECT_EQ(torn.alone, (Numbers{1, 2, 3}));
  disk.pop_back();
  disk.back().bytes -= 1;
  Found short_entry;
  show_log(journal, disk, short_entry);
  EXPECT_EQ(short_entry.alone, (Numbers{1, 2}));
}

TEST(Holdings, OfAFoldedLogIsTheLastVersionOfWhatIsNotErased) {
  for (const char* every : {"0", "5"}) {
    CentralTable table({.set = {{"compact_every", every}}});
    Numbers brought;
    for (std::uint32_t ordinal = 0; ordinal < 3; ++ordinal) {
      brought.insert(table.publish(0, ordinal));
      table.run(seconds(1));
    }
    brought.insert(table.change(Asked::update, 0, {UserId(0), 1}));
    table.run(seconds(1));
    (void)table.change(Asked::erase, 0, {UserId(0), 2});
    table.run(seconds(3));
    brought.insert(table.publish(0, 3));  // behind the snapshot
    table.run(seconds(3));
    const bool folded = table.server(0).log().base() == 5;
    EXPECT_EQ(folded, std::string(every) == "5");
    const Numbers expected = folded ? Numbers{0, 3, 5} : brought;
    EXPECT_EQ(in_backup(table, 0, false).alone, expected);
    Found in_memory;
    table.server(0).show(in_memory);
    EXPECT_EQ(in_memory.alone, expected);
  }
}

TEST(Holdings, WithoutHisKeyAUserPublishesNothing) {
  Table table(three_peers());
  const Home home = table.home(NodeId(0));
  Home keyless = home;
  keyless.has_key = false;
  table.crash(0);  // its place is free now
  const std::unique_ptr<Node> node = table.system().make_node(keyless);
  Outbox out;
  node->start(Time::zero(), Disk(), out);
  node->submit(Time::zero(), publishes(1, 0), out);
  bool refused = false;
  for (const Wish& wish : out.wishes()) {
    if (wish.kind != Wish::Kind::report) continue;
    const Happening& told = out.reported(wish);
    EXPECT_NE(told.kind, happened::operation_accepted);
    refused = refused || (told.kind == happened::operation_refused &&
                          told.detail == static_cast<std::uint64_t>(Verdict::not_owner));
  }
  EXPECT_TRUE(refused);
  Found found;
  node->show(found);
  EXPECT_TRUE(found.keys.empty());
}

}  // namespace
}  // namespace peerlab
