#include "models/node/outbox.h"

#include <gtest/gtest.h>

#include <vector>

namespace peerlab {
namespace {

TEST(Outbox, KeepsEveryWishInTheOrderItWasWritten) {
  Outbox out;
  const Message hello{1, 0, 2, 3};
  out.send(NodeId(5), hello);
  out.flood(hello, NodeId(6));
  out.arm(4, Time{77});
  out.disarm(4);
  out.connect(NodeId(7));
  out.disconnect(NodeId(8), Reason::banned);
  out.mine(Target{1e9});
  out.idle();
  out.write({1, 2, 300});
  out.sync();
  out.report({happened::block_held, 10, 20, 30});

  using Kind = Wish::Kind;
  std::vector<Kind> kinds;
  for (const Wish& wish : out.wishes()) kinds.push_back(wish.kind);
  EXPECT_EQ(kinds, (std::vector<Kind>{Kind::send, Kind::flood, Kind::arm, Kind::disarm, Kind::connect, Kind::disconnect,
                                      Kind::mine, Kind::idle, Kind::write, Kind::sync, Kind::report}));
  const auto& wishes = out.wishes();
  EXPECT_EQ(wishes[0].node, NodeId(5));
  EXPECT_EQ(wishes[0].message, hello);
  EXPECT_EQ(wishes[1].node, NodeId(6));
  EXPECT_EQ(wishes[1].message, hello);
  EXPECT_EQ(wishes[2].slot, 4);
  EXPECT_EQ(wishes[2].at, Time{77});
  EXPECT_EQ(wishes[3].slot, 4);
  EXPECT_EQ(wishes[5].node, NodeId(8));
  EXPECT_EQ(wishes[5].reason, Reason::banned);
  EXPECT_EQ(wishes[6].hashes, 1e9);
  EXPECT_EQ(out.written(wishes[8]).bytes, 300U);
  EXPECT_EQ(out.reported(wishes[10]).kind, happened::block_held);
  EXPECT_EQ(out.reported(wishes[10]).subject, 20U);
}

TEST(Outbox, AFloodLeavesOutNobodyUnlessToldTo) {
  Outbox out;
  out.flood({});
  EXPECT_FALSE(out.wishes()[0].node.valid());
}

TEST(Outbox, WritesAndReportsAreFoundByTheirOwnWish) {
  Outbox out;
  out.write({1, 0, 1});
  out.report({happened::tip_moved, 1, 0, 0});
  out.write({2, 0, 2});
  out.report({happened::tip_moved, 2, 0, 0});
  EXPECT_EQ(out.written(out.wishes()[2]).kind, 2U);
  EXPECT_EQ(out.reported(out.wishes()[3]).amount, 2U);
}

TEST(Outbox, ClearForgetsTheWishesAndTheWork) {
  Outbox out;
  out.idle();
  out.write({});
  out.work.signatures = 4;
  EXPECT_FALSE(out.empty());
  out.clear();
  EXPECT_TRUE(out.empty());
  EXPECT_EQ(out.work, Work{});
  out.write({9, 9, 9});
  EXPECT_EQ(out.written(out.wishes()[0]).kind, 9U);
}

TEST(Work, AddsUpMemberByMember) {
  Work a{1, 2, 3, 4, 5, 6, 7, 8};
  a += Work{10, 20, 30, 40, 50, 60, 70, 80};
  EXPECT_EQ(a, (Work{11, 22, 33, 44, 55, 66, 77, 88}));
}

}  // namespace
}  // namespace peerlab
