#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "analysis/statistics/quantile.h"

namespace peerlab {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

TEST(Quantile, IsTheSmallestValueThatTheShareDoesNotExceed) {
  const std::vector<double> ten = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
  EXPECT_EQ(quantile(ten, 0.5), 5) << "the lower one of the two in the middle";
  EXPECT_EQ(quantile(ten, 0.9), 9);
  EXPECT_EQ(quantile(ten, 0.91), 10);
  EXPECT_EQ(quantile(ten, 0), 1);
  EXPECT_EQ(quantile(ten, 1), 10);
  EXPECT_EQ(median(std::vector<double>{3, 1, 2}), 2);
}

TEST(Quantile, OfHundredValuesIsTheOneWithThatNumber) {
  std::vector<double> values;
  for (int i = 1; i <= 100; ++i) values.push_back(i);
  for (int percent = 1; percent <= 100; ++percent) EXPECT_EQ(quantile(values, percent / 100.0), percent);
}

TEST(Quantile, StaysRightWhenSomeValuesAreInfinite) {
  const std::vector<double> values = {1, never, 2, never};
  EXPECT_EQ(quantile(values, 0.5), 2);
  EXPECT_EQ(quantile(values, 0.51), never);
}

TEST(Quantile, OfNothingIsNoNumber) { EXPECT_TRUE(std::isnan(quantile({}, 0.5))); }

}  // namespace
}  // namespace peerlab
