#include <gtest/gtest.h>

#include "tests/analysis/measures/story.h"

namespace peerlab {
namespace {

TEST(Load, OnOneServerIsAllOfIt) {
  Story story(4);  // the last is the server
  for (std::uint32_t user = 0; user < 3; ++user) {
    story.request(user == 0 ? Asked::publish : Asked::read, user, 10 + user);
    story.tell(11 + user, 3, happened::operation_accepted, user);
    if (user > 0) story.tell(12 + user, user, happened::read_answered, user, 1);
    story.totals.machines[user].bytes_sent = 100;
    story.totals.machines[user].bytes_received = 1000;
  }
  story.totals.machines[3].bytes_sent = 3000;
  story.totals.machines[3].bytes_received = 300;
  const MetricList list = story.told("load", 100);
  EXPECT_DOUBLE_EQ(list.find("load.top.requests", "value")->value, 1);
  EXPECT_DOUBLE_EQ(list.find("load.top.bytes", "value")->value, 1);
  EXPECT_EQ(list.find("load.top.requests", "value")->n, 3U);
}

TEST(Load, OfEqualPeersIsShared) {
  Story story(4);
  for (std::uint32_t user = 0; user < 4; ++user) {
    story.request(Asked::read, user, 10 + user);
    story.tell(10 + user, user, happened::read_answered, user, 1);  // from the own copy
    story.totals.machines[user].bytes_sent = 100;
    story.totals.machines[user].bytes_received = 100;
  }
  const MetricList list = story.told("load", 100);
  EXPECT_DOUBLE_EQ(list.find("load.top.requests", "value")->value, 0.25);
  EXPECT_DOUBLE_EQ(list.find("load.top.bytes", "value")->value, 0.5) << "a byte is moved by two of four";
}

TEST(Load, WhatNobodyLetInIsOnNoMachine) {
  Story story(2);
  story.request(Asked::read, 0, 10);
  story.request(Asked::read, 1, 10);
  story.tell(11, 1, happened::operation_accepted, 1);
  story.tell(12, 0, happened::operation_accepted, 1);  // repeated elsewhere: the first counts
  const MetricList list = story.told("load", 100);
  EXPECT_EQ(list.find("load.top.requests", "value")->n, 1U);
  EXPECT_DOUBLE_EQ(list.find("load.top.requests", "value")->value, 1);
  EXPECT_EQ(list.find("load.top.bytes", "value")->standing, Standing::no_sample);
}

TEST(Load, PoolsCountsOverRuns) {
  Story even(2);
  even.totals.machines[0].bytes_sent = even.totals.machines[1].bytes_received = 100;
  Story lost(2);
  lost.totals.machines[0].bytes_sent = 300;  // and nothing arrived
  auto pooled = even.fold("load", 100);
  pooled->merge(*lost.fold("load", 100));
  MetricList list;
  pooled->metrics(list);
  EXPECT_DOUBLE_EQ(list.find("load.top.bytes", "value")->value, 1);
  EXPECT_EQ(list.find("load.top.bytes", "value")->n, 400U);
}

}  // namespace
}  // namespace peerlab
