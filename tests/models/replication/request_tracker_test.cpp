#include "models/replication/request_tracker.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

constexpr Wanted block{Wanted::Class::block, 7};
constexpr Wanted transaction{Wanted::Class::transaction, 7};
const NodeId a(1), b(2), c(3);

struct Tracking : testing::Test {
  RequestTracker tracker{seconds(20), seconds(60)};
  static Time at(std::int64_t s) { return Time::zero() + seconds(s); }
};

TEST_F(Tracking, AsksTheFirstWhoAnnouncesAndNobodyElseMeanwhile) {
  EXPECT_EQ(tracker.announced(block, a, at(0)), a);
  EXPECT_EQ(tracker.announced(block, b, at(1)), nobody);
  EXPECT_EQ(tracker.asked(block), a);
  EXPECT_EQ(tracker.announcers(block).size(), 2U);
  EXPECT_EQ(tracker.announced(transaction, b, at(1)), b) << "a block and a transaction of one number are two things";
}

TEST_F(Tracking, ALateAnswerIsSoughtElsewhere) {
  (void)tracker.announced(block, a, at(0));
  (void)tracker.announced(block, b, at(1));
  EXPECT_EQ(tracker.next_deadline(), at(20));
  EXPECT_TRUE(tracker.expire(at(19)).empty());
  const auto late = tracker.expire(at(20));
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].silent, a);
  EXPECT_EQ(late[0].next, b);
  EXPECT_EQ(tracker.next_deadline(), at(40));
}

TEST_F(Tracking, AThingNobodyDeliversIsForgottenAndAskedAnewWhenAnnouncedAgain) {
  (void)tracker.announced(block, a, at(0));
  const auto late = tracker.expire(at(20));
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].next, nobody);
  EXPECT_FALSE(tracker.wants(block));
  EXPECT_EQ(tracker.next_deadline(), Time::never());
  EXPECT_EQ(tracker.announced(block, c, at(21)), c);
}

TEST_F(Tracking, ASilentPeerIsAskedAfterAllOthersUntilItIsHeardAgain) {
  (void)tracker.announced(block, a, at(0));
  (void)tracker.expire(at(20));
  const Wanted second{Wanted::Class::block, 8};
  (void)tracker.announced(second, c, at(30));
  (void)tracker.announced(second, a, at(30));
  (void)tracker.announced(second, b, at(30));
  EXPECT_EQ(tracker.failed(second, at(31)), b) << "a announced before b but left a request unanswered";
  tracker.heard(a);
  const Wanted third{Wanted::Class::block, 9};
  (void)tracker.announced(third, c, at(40));
  (void)tracker.announced(third, a, at(40));
  (void)tracker.announced(third, b, at(40));
  EXPECT_EQ(tracker.failed(third, at(41)), a);
}

TEST_F(Tracking, ADepartedPeerHandsItsRequestsOn) {
  (void)tracker.announced(block, a, at(0));
  (void)tracker.announced(block, b, at(0));
  (void)tracker.announced(transaction, a, at(0));
  const auto moved = tracker.gone(a, at(5));
  ASSERT_EQ(moved.size(), 2U);
  EXPECT_EQ(moved[0].next, b);
  EXPECT_EQ(moved[1].next, nobody);
  EXPECT_EQ(tracker.next_deadline(), at(25));
}

TEST_F(Tracking, WhatCameHasNoDeadlineAnyMore) {
  (void)tracker.announced(block, a, at(0));
  tracker.settled(block);
  EXPECT_EQ(tracker.next_deadline(), Time::never());
  EXPECT_TRUE(tracker.expire(at(100)).empty());
}

}  // namespace
}  // namespace peerlab
