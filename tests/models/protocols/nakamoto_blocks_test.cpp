// Blocks among a few nakamoto peers on a table: relay, retry, orphans, reorganisation, catching up, restart.
#include <gtest/gtest.h>

#include "models/replication/messages.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

Table::Options line_of(std::uint32_t n) {
  Table::Options o;
  o.nodes = n;
  for (std::uint32_t i = 0; i + 1 < n; ++i) o.links.emplace_back(i, i + 1);
  return o;
}

/// Blocks of one node, `gap` apart, each delivered before the next.
void mine(Table& table, std::uint32_t who, int blocks, Duration gap = seconds(600)) {
  for (int i = 0; i < blocks; ++i) {
    table.run(gap);
    table.win(who);
  }
  table.run(seconds(2));
}

TEST(Nakamoto, EveryPeerMinesFromTheStartAndSaysNothing) {
  Table table(line_of(3));
  table.run(hours(1));
  for (std::uint32_t n = 0; n < 3; ++n) EXPECT_TRUE(table.mining(n));
  EXPECT_EQ(table.sent(kind::get_headers), 0U);
  EXPECT_TRUE(table.told().empty());
}

TEST(Nakamoto, ABlockReachesPeersThatAreNotNeighboursOfItsMiner) {
  Table table(line_of(3));
  mine(table, 0, 1);
  EXPECT_EQ(table.height(2), 1U);
  EXPECT_EQ(table.tip(2), table.tip(0));
  EXPECT_EQ(table.count(happened::block_mined), 1U);
  EXPECT_EQ(table.count(happened::block_held), 2U);
  EXPECT_EQ(table.count(happened::tip_moved), 3U);
  EXPECT_EQ(table.parcels().alive(), 0U);
}

TEST(Nakamoto, AnnouncesOnlyToThoseWhoDidNotAnnounceOrToAllWhenAsked) {
  Table quiet(line_of(3));
  mine(quiet, 0, 1);
  EXPECT_EQ(quiet.sent(kind::block_inventory), 2U) << "0 tells 1, 1 tells 2";
  Table::Options o = line_of(3);
  o.set = {{"announce", "all"}};
  Table loud(o);
  mine(loud, 0, 1);
  EXPECT_EQ(loud.sent(kind::block_inventory), 4U) << "one in each direction of each link";
}

TEST(Nakamoto, SendsItsOwnBlocksOnceAndPassesNoneOnUnderIdealBroadcast) {
  Table::Options o;
  o.nodes = 4;
  o.set = {{"relay", "ideal-broadcast"}, {"compact", "off"}};
  Table table(o);
  mine(table, 0, 1);
  EXPECT_EQ(table.sent(kind::block_body), 3U) << "one to each, and nobody tells anybody else";
  EXPECT_EQ(table.sent(kind::block_inventory), 0U);
  for (std::uint32_t n = 0; n < 4; ++n) EXPECT_EQ(table.height(n), 1U);
  table.win(1);  // two at once: both reach everybody, and the third block decides
  table.win(2);
  table.run(seconds(1));
  mine(table, 2, 1);
  EXPECT_EQ(table.sent(kind::block_body), 3U * 4);
  for (std::uint32_t n = 0; n < 4; ++n) EXPECT_EQ(table.tip(n), table.tip(2));
}

TEST(Nakamoto, PushesBodiesUnaskedWhenToldTo) {
  Table::Options o = line_of(3);
  o.set = {{"relay", "push"}};
  Table table(o);
  mine(table, 0, 2);
  EXPECT_EQ(table.height(2), 2U);
  EXPECT_EQ(table.sent(kind::block_request), 0U);
  EXPECT_EQ(table.sent(kind::block_inventory), 0U);
}

TEST(Nakamoto, ModelledCompactBlocksBringBlocksToEverybody) {
  Table::Options o = line_of(4);
  o.set = {{"compact", "modelled"}, {"compact_share", "100 %"}, {"body_size", "535 kB"}, {"coins_per_user", "0"}};
  Table table(o);
  mine(table, 0, 30);
  EXPECT_EQ(table.height(3), 30U);
  EXPECT_EQ(table.sent(kind::modelled_compact), 90U);
  EXPECT_GT(table.sent(kind::modelled_missing), 0U);
  EXPECT_EQ(table.sent(kind::modelled_missing), table.sent(kind::modelled_rest));
  EXPECT_EQ(table.pool(0).bodies.block_size(table.pool(0).state.body(table.replica(0).tree.tip())), 535'000U);
}

TEST(Nakamoto, ABlockThatIsNotDeliveredIsAskedOfAnotherPeer) {
  Table::Options o;  // 0 and 1 both announce to 2; what 0 sends to 2 but inventories is lost
  o.nodes = 3;
  Table table(o);
  table.loses = [](NodeId from, NodeId to, const Message& m) {
    return from == NodeId(0) && to == NodeId(2) && m.kind != kind::block_inventory;
  };
  table.run(seconds(600));
  table.win(0);
  table.run(seconds(10));
  EXPECT_EQ(table.height(1), 1U);
  EXPECT_EQ(table.height(2), 0U) << "waits for 0 for twenty seconds";
  table.run(seconds(20));
  EXPECT_EQ(table.height(2), 1U);
  EXPECT_EQ(table.count(happened::request_timed_out, 2), 1U);
}

TEST(Nakamoto, ABlockWithoutItsParentWaitsAndTheParentIsFetched) {
  Table table(line_of(2));
  bool deaf = true;
  table.loses = [&](NodeId, NodeId to, const Message&) { return deaf && to == NodeId(1); };
  mine(table, 0, 1);
  deaf = false;
  EXPECT_EQ(table.height(1), 0U);
  mine(table, 0, 1);
  EXPECT_EQ(table.height(1), 2U);
  EXPECT_EQ(table.count(happened::block_held, 1), 2U);
  EXPECT_EQ(table.sent(kind::get_headers), 1U);
}

TEST(Nakamoto, TheLighterSideOfAMendedCutReorganises) {
  Table table(line_of(4));
  mine(table, 0, 1);
  table.cut(1, 2);
  mine(table, 0, 2);
  mine(table, 3, 3);
  EXPECT_NE(table.tip(1), table.tip(2));
  table.mend(1, 2);
  table.run(seconds(5));
  for (std::uint32_t n = 0; n < 4; ++n) {
    EXPECT_EQ(table.tip(n), table.tip(3)) << n;
    EXPECT_EQ(table.height(n), 4U) << n;
  }
  EXPECT_EQ(table.count(happened::reorganised), 2U) << "0 and 1 undo their two blocks";
  for (const Table::Told& t : table.told()) {
    if (t.what.kind != happened::reorganised) continue;
    EXPECT_EQ(t.what.amount, 2U);
    EXPECT_EQ(t.what.detail, 3U);
  }
  EXPECT_EQ(table.parcels().alive(), 0U);
}

TEST(Nakamoto, OfTwoBlocksAtOneHeightEachKeepsTheFirst) {
  Table table(line_of(2));
  table.run(seconds(600));
  table.win(0);
  table.win(1);
  table.run(seconds(10));
  EXPECT_NE(table.tip(0), table.tip(1));
  EXPECT_EQ(table.count(happened::block_held), 2U) << "each holds the other's block on a side branch";
  mine(table, 1, 1);
  EXPECT_EQ(table.tip(0), table.tip(1));
  EXPECT_EQ(table.count(happened::reorganised, 0), 1U);
}

TEST(Nakamoto, APeerThatJoinsLateFetchesALongChainFromSeveralPeersAndThenMines) {
  Table::Options o;
  o.nodes = 4;
  o.set = {{"coins_per_user", "0"}};
  o.start = false;
  Table table(o);
  table.keep_away(3);
  table.start();
  for (int i = 0; i < 5000; ++i) {
    table.run(seconds(600));
    table.win(static_cast<std::uint32_t>(i % 3));
  }
  table.run(seconds(5));
  ASSERT_EQ(table.height(0), 5000U);
  table.restart(3);
  EXPECT_FALSE(table.mining(3)) << "a peer without the chain would mine on a block nobody stands on";
  table.run(minutes(2));
  EXPECT_EQ(table.height(3), 5000U);
  EXPECT_EQ(table.tip(3), table.tip(0));
  EXPECT_TRUE(table.mining(3));
  EXPECT_EQ(table.count(happened::caught_up, 3), 1U);
  EXPECT_EQ(table.sent(kind::headers), 3U) << "2000, 2000, 1000: from one peer";
  EXPECT_GE(table.work(0).bytes_coded + table.work(1).bytes_coded, 1U);
  EXPECT_EQ(table.parcels().alive(), 0U);
}

TEST(Nakamoto, ARestartedPeerReadsItsDiskAndFetchesTheRest) {
  Table table(line_of(3));
  mine(table, 0, 5);
  table.crash(2);
  mine(table, 0, 3);
  table.restart(2, {1});
  EXPECT_EQ(table.height(2), 4U) << "what the disk kept: the last block was not synced yet";
  EXPECT_GT(table.work(2).bytes_read, 0U);
  table.run(seconds(10));
  EXPECT_EQ(table.height(2), 8U);
  EXPECT_EQ(table.count(happened::caught_up, 2), 1U);
  table.wipe(2);
  table.restart(2, {1});
  EXPECT_EQ(table.height(2), 0U);
  table.run(seconds(10));
  EXPECT_EQ(table.height(2), 8U);
  EXPECT_EQ(table.disk(2).entries().size(), 8U);
}

TEST(Nakamoto, ATornBlockOnTheDiskIsFetchedAgain) {
  Table table(line_of(2));
  mine(table, 0, 3);
  table.crash(1, true);
  EXPECT_EQ(table.disk(1).entries().size(), 3U) << "the last one half";
  table.restart(1);
  EXPECT_EQ(table.height(1), 2U);
  table.run(seconds(10));
  EXPECT_EQ(table.height(1), 3U);
}

TEST(Nakamoto, ARestartedPeerThatMissedNothingSaysSoAndMines) {
  Table table(line_of(2));
  mine(table, 0, 2);
  table.crash(1);
  table.restart(1);
  EXPECT_FALSE(table.mining(1));
  table.run(seconds(1));
  EXPECT_TRUE(table.mining(1));
  EXPECT_EQ(table.count(happened::caught_up, 1), 1U);
}

TEST(Nakamoto, ACatchUpGoesOnWithOthersWhenItsPeerLeaves) {
  Table table(Table::Options{.nodes = 4, .links = {}, .set = {}, .protection = {}});
  table.cut(0, 3);
  table.cut(1, 3);
  table.cut(2, 3);
  mine(table, 0, 100);
  table.mend(3, 0);
  table.mend(3, 1);
  table.run(milliseconds(45));
  EXPECT_LT(table.height(3), 100U);
  table.cut(3, 0);
  table.run(seconds(60));
  EXPECT_EQ(table.height(3), 100U);
}

TEST(Nakamoto, UnsolicitedAndRepeatedMessagesAreHarmless) {
  Table table(line_of(2));
  mine(table, 0, 2);
  const BlockRef tip = table.replica(0).tree.tip();
  Outbox out;
  const std::uint64_t before = table.tip(1);
  for (const Message m :
       {block_inventory(tip), block_body(table.parcels(), table.pool(0), {tip, table.pool(0).state.body(tip)}),
        missing_transactions(table.parcels(), table.pool(0), tip, {}),
        headers(table.parcels(), table.pool(0), {tip})}) {
    table.node(1).receive(table.now(), NodeId(0), m, out);
    table.parcels().drop(m);
  }
  for (const Wish& w : out.wishes()) EXPECT_NE(w.kind, Wish::Kind::disconnect);
  EXPECT_EQ(table.tip(1), before);
}

}  // namespace
}  // namespace peerlab
