#include "models/base/check.h"

#include <gtest/gtest.h>

#include <thread>

namespace peerlab {
namespace {

TEST(CheckDeathTest, PrintsWhereTheRunStoodAndHowToReplayItAndExits70) {
  const auto fail_in_a_run = [] {
    CheckContext& context = check_context();
    context.now_ns = 1'500'000'000;
    context.node = 17;
    context.seed = 99;
    context.event = 12345;
    context.replay = "peerlab run hello --seed 99";
    const int height = 3;
    CHECK(height == 4);
  };
  EXPECT_EXIT(
      fail_in_a_run(), testing::ExitedWithCode(70),
      "bug in peerlab.*\n.*height == 4.*check_test.cpp:[0-9]+.*\n.*1\\.500000000 s, node 17, seed 99, event 12345.*\n"
      ".*peerlab run hello --seed 99");
}

TEST(CheckDeathTest, SaysTheSentenceItWasGiven) {
  EXPECT_EXIT(CHECK_SAYING(1 > 2, "one is more than two"), testing::ExitedWithCode(70),
              "1 > 2.*\n.*one is more than two");
}

TEST(CheckDeathTest, OutsideARunItNamesNoTime) {
  EXPECT_EXIT(CHECK(false), testing::ExitedWithCode(70), "failed: false");
  EXPECT_EQ(check_context().now_ns, -1);
}

TEST(Check, DoesNothingWhenAllIsWell) {
  int evaluated = 0;
  CHECK(++evaluated == 1);
  EXPECT_EQ(evaluated, 1);
}

TEST(Check, EachThreadHasAContextOfItsOwn) {
  check_context().seed = 1;
  std::thread other([] {
    EXPECT_EQ(check_context().seed, 0U);
    check_context().seed = 2;
  });
  other.join();
  EXPECT_EQ(check_context().seed, 1U);
  check_context() = {};
}

}  // namespace
}  // namespace peerlab
