#include "analysis/report/axis.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace peerlab {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

std::string labels(const Axis& axis) {
  std::string all;
  for (const Tick& tick : axis.ticks) all += (all.empty() ? "" : ", ") + tick.label;
  return all;
}

Axis axis(std::vector<double> values, std::string_view unit, std::size_t most = 8) {
  return axis_for(values, unit, most);
}

TEST(Axis, OfTimesHasTheStepsOfAClock) {
  EXPECT_EQ(labels(axis({0.0011, 343, never}, "s")), "1 ms, 10 ms, 100 ms, 1 s, 10 s, 1 min, 10 min");
  EXPECT_EQ(labels(axis({3, 40}, "s")), "2 s, 5 s, 10 s, 30 s, 1 min");
  EXPECT_EQ(labels(axis({3600, 90'000}, "s")), "1 h, 2 h, 6 h, 12 h, 1 d, 2 d");
}

TEST(Axis, ByLogarithmCoversAFactorOfTen) {
  const Axis narrow = axis({1.01, 1.02}, "s");
  EXPECT_TRUE(narrow.logarithmic);
  EXPECT_GE(narrow.high / narrow.low, 9.99);
}

TEST(Axis, OfSharesEndsAtAHundredPerCentUnlessAllAreSmall) {
  EXPECT_EQ(labels(axis({0.02, 0.7}, "share")), "0 %, 20 %, 40 %, 60 %, 80 %, 100 %");
  EXPECT_EQ(labels(axis({0.011, 0.024, 0}, "share")), "0 %, 0.5 %, 1 %, 1.5 %, 2 %, 2.5 %");
  EXPECT_EQ(labels(axis({0}, "share")), "0 %, 20 %, 40 %, 60 %, 80 %, 100 %");
}

TEST(Axis, OfSizesAndCountsGoesByLogarithmOnlyWhenTheyLieFarApart) {
  EXPECT_FALSE(axis({2e6, 9e6}, "B").logarithmic);
  EXPECT_EQ(labels(axis({2e6, 9e6}, "B")), "0, 2 MB, 4 MB, 6 MB, 8 MB, 10 MB");
  EXPECT_EQ(labels(axis({123'456, 7.5e9}, "B")), "100 kB, 1 MB, 10 MB, 100 MB, 1 GB, 10 GB");
  EXPECT_EQ(labels(axis({3, 7}, "blocks", 6)), "0, 2, 4, 6, 8");
}

TEST(Axis, OfNothingIsStillAnAxis) {
  EXPECT_FALSE(axis({}, "s").ticks.empty());
  EXPECT_FALSE(axis({0, never}, "s").logarithmic);
}

// Whatever the values: they lie on the axis in their order, between its ends, under few enough ticks.
TEST(Axis, HoldsWhatItIsFor) {
  for (const char* unit : {"s", "B", "share", "blocks", "1"}) {
    for (double least = 1e-6; least < 1e8; least *= 7.3) {
      for (const double span : {1.0, 3.0, 40.0, 1e6}) {
        const bool share = std::string_view(unit) == "share";
        const double greatest = share ? std::min(least * span, 1.0) : least * span;
        if (share && least > 1) continue;
        if (std::string_view(unit) == "s" && greatest > 8e8) continue;  // times end at 10,000 days
        const Axis a = axis({least, greatest}, unit, 7);
        EXPECT_LE(a.low, least * 1.0000001) << unit;
        EXPECT_GE(a.high, greatest * 0.9999999) << unit;
        EXPECT_LE(a.position(least), a.position(greatest));
        EXPECT_GE(a.ticks.size(), 2U) << unit << " " << least << " " << greatest;
        EXPECT_LE(a.ticks.size(), 7U) << unit << " " << least << " " << greatest;
        for (std::size_t i = 1; i < a.ticks.size(); ++i) {
          EXPECT_LT(a.position(a.ticks[i - 1].value), a.position(a.ticks[i].value));
          EXPECT_NE(a.ticks[i - 1].label, a.ticks[i].label) << unit << " " << least << " " << greatest;
        }
      }
    }
  }
}

}  // namespace
}  // namespace peerlab
