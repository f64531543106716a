#include "models/base/time.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

TEST(Time, CountsWholeNanoseconds) {
  EXPECT_EQ(seconds(1).ns, 1'000'000'000);
  EXPECT_EQ(hours(1), minutes(60));
  EXPECT_EQ(minutes(1), seconds(60));
  EXPECT_EQ(seconds(1), milliseconds(1000));
  EXPECT_EQ(milliseconds(1), microseconds(1000));
  EXPECT_EQ(microseconds(1), nanoseconds(1000));
}

TEST(Time, AnInstantPlusASpanIsAnInstantAndTwoInstantsAreASpanApart) {
  const Time noon = Time::zero() + hours(12);
  EXPECT_EQ(noon - Time::zero(), hours(12));
  EXPECT_EQ(noon - hours(13), Time{-hours(1).ns});
  EXPECT_LT(noon, noon + nanoseconds(1));
  EXPECT_EQ(3 * seconds(2), seconds(2) * 3);
  EXPECT_EQ(seconds(7) / 2, milliseconds(3500));
}

TEST(Time, NeverComesAfterTheLongestRun) { EXPECT_GT(Time::never(), Time::zero() + hours(24 * 365 * 290)); }

TEST(Time, SecondsAreRoundedToTheNearestNanosecondOnBothSidesOfZero) {
  EXPECT_EQ(Duration::from_seconds(0.1).ns, 100'000'000);
  EXPECT_EQ(Duration::from_seconds(-0.1).ns, -100'000'000);
  EXPECT_EQ(Duration::from_seconds(1.6e-9).ns, 2);
  EXPECT_EQ(Duration::from_seconds(-1.6e-9).ns, -2);
  EXPECT_DOUBLE_EQ(milliseconds(1500).seconds(), 1.5);
}

}  // namespace
}  // namespace peerlab
