// Transactions that are asked for together and sent together, against the same ones sent one by one.
#include <gtest/gtest.h>

#include "models/replication/messages.h"
#include "tests/support/tabletop.h"

namespace peerlab {
namespace {

Request pay(std::uint32_t number, std::uint32_t user, std::uint32_t to) {
  Request r;
  r.number = number;
  r.what = Asked::pay;
  r.user = UserId(user);
  r.other = UserId(to);
  r.amount = 1000;
  return r;
}

Table::Options line_of(std::uint32_t n, const char* how, bool private_pools = false) {
  Table::Options o;
  o.nodes = n;
  o.private_pools = private_pools;
  o.set = {{"transactions", how}, {"coins_per_user", "1"}};  // so that each spends the change of the one before
  for (std::uint32_t i = 0; i + 1 < n; ++i) o.links.emplace_back(i, i + 1);
  return o;
}

TEST(Bundles, BringWhatSinglesBringAtTheSameWorkInFewerMessages) {
  for (const bool private_pools : {false, true}) {
    Table bundled(line_of(3, "bundled", private_pools));
    Table single(line_of(3, "single", private_pools));
    for (Table* table : {&bundled, &single}) {
      for (std::uint32_t i = 0; i < 8; ++i) table->submit(0, pay(i, 0, 1));
      table->run(seconds(30));
      for (std::uint32_t n = 0; n < 3; ++n) EXPECT_EQ(table->replica(n).mempool.size(), 8U);
      EXPECT_EQ(table->parcels().alive(), 0U);
    }
    EXPECT_EQ(bundled.sent(kind::transaction_bundle), 2U) << "one on each link";
    EXPECT_EQ(bundled.sent(kind::transaction), 0U);
    EXPECT_EQ(single.sent(kind::transaction), 16U);
    EXPECT_EQ(bundled.work(2).signatures, single.work(2).signatures);
    EXPECT_EQ(bundled.work(2).bytes_hashed, single.work(2).bytes_hashed);
  }
}

TEST(Bundles, WhoHasSentOneIsNotToldOfItAgain) {
  Table table(line_of(2, "bundled"));
  for (std::uint32_t i = 0; i < 4; ++i) table.submit(0, pay(i, 0, 1));
  table.run(seconds(60));
  EXPECT_EQ(table.sent(kind::transaction_inventory), 1U);
}

TEST(Bundles, WhatALostOneHeldIsAskedOfAnotherPeer) {
  Table::Options o;  // everybody is linked with everybody
  o.set = {{"transactions", "bundled"}};
  Table table(o);
  table.loses = [](NodeId from, NodeId to, const Message& m) {
    return from == NodeId(0) && to == NodeId(2) && m.kind == kind::transaction_bundle;
  };
  for (std::uint32_t i = 0; i < 5; ++i) table.submit(0, pay(i, 0, 1));
  table.run(seconds(30));
  EXPECT_EQ(table.replica(1).mempool.size(), 5U);
  EXPECT_EQ(table.replica(2).mempool.size(), 0U);
  table.run(seconds(90));
  EXPECT_EQ(table.replica(2).mempool.size(), 5U);
  EXPECT_EQ(table.count(happened::request_timed_out, 2), 5U) << "one for each";
}

TEST(Bundles, OfTransactionsThatArriveBeforeTheirParentsNoneIsLost) {
  Table::Options o = line_of(3, "bundled");
  o.set.emplace_back("announce_every", "1 s");
  Table table(o);
  bool first = true;
  table.loses = [&](NodeId, NodeId to, const Message& m) {  // the first bundle to node 2, with the parents, is late
    const bool lost = first && to == NodeId(2) && m.kind == kind::transaction_bundle;
    first = first && !lost;
    return lost;
  };
  for (std::uint32_t i = 0; i < 3; ++i) table.submit(0, pay(i, 0, 1));
  table.run(seconds(10));
  for (std::uint32_t i = 3; i < 6; ++i) table.submit(0, pay(i, 0, 1));
  table.run(seconds(10));
  EXPECT_EQ(table.replica(2).mempool.size(), 0U) << "children wait";
  table.mend(0, 2);  // who tells of his whole mempool
  table.run(seconds(120));
  EXPECT_EQ(table.replica(2).mempool.size(), 6U);
}

}  // namespace
}  // namespace peerlab
