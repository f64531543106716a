#include "analysis/statistics/distance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "models/base/random.h"

namespace peerlab {
namespace {

TEST(Distance, IsTheMeansOverItsStandardErrorWhereRunsAreMany) {
  std::vector<double> values;
  for (int i = 0; i < 10'000; ++i) values.push_back(i % 2 == 0 ? 9 : 11);  // sd 1, standard error 0.01
  EXPECT_NEAR(distance_of(values, 9.98).errors, 2, 0.01);
  EXPECT_NEAR(distance_of(values, 10.02).errors, -2, 0.01);
  EXPECT_NEAR(distance_of(values, 9.98).standard_error, 0.01, 1e-5);
}

// Student's t of 12.706 with one degree of freedom is as improbable as 1.960 of the normal law.
TEST(Distance, OfTwoRunsIsStudents) {
  const std::vector<double> values = {12.706 - 1, 12.706 + 1};
  EXPECT_NEAR(distance_of(values, 0).errors, 1.96, 0.001);
}

TEST(Distance, OfARunAloneIsUnknownUnlessThePredictionHasAnError) {
  const std::vector<double> one = {10};
  EXPECT_FALSE(distance_of(one, 9).known());
  EXPECT_NEAR(distance_of(one, 9, 0.5).errors, 1 / (0.5 * std::sqrt(2)), 1e-12)
      << "the run is taken for one such sample";
}

TEST(Distance, IsSmallerByThePredictionsOwnError) {
  const std::vector<double> values = {9, 11, 9, 11, 9, 11, 9, 11};
  EXPECT_GT(distance_of(values, 9).errors, distance_of(values, 9, 0.5).errors);
}

TEST(Distance, OfWhatNeverVariesIsNothingOrWithoutEnd) {
  const std::vector<double> same = {1, 1, 1};
  EXPECT_EQ(distance_of(same, 1).errors, 0);
  EXPECT_TRUE(std::isinf(distance_of(same, 2).errors));
}

TEST(Distance, OfSharesIsBinomialAtThePredictedShare) {
  const std::vector<Share> run = {{0, 400}};
  EXPECT_NEAR(distance_of_shares(run, 0.01).errors, -0.01 / std::sqrt(0.01 * 0.99 / 400), 1e-12);
}

TEST(Distance, OfSharesWhoseTrialsHangTogetherIsTheOneBetweenTheRuns) {
  const std::vector<Share> runs = {{0, 1000}, {1000, 1000}, {0, 1000}, {1000, 1000}};
  EXPECT_LT(std::abs(distance_of_shares(runs, 0.4).errors), 1);
}

// What agrees in truth is called far off so seldom that eighty comparisons in a suite hold together.
TEST(Distance, OfFewRunsIsSeldomLarge) {
  int beyond_two = 0;
  constexpr int repeats = 4000;
  for (std::uint32_t r = 0; r < repeats; ++r) {
    Stream random(7, purpose("distance"), r);
    std::vector<double> values;
    for (int i = 0; i < 4; ++i) values.push_back(random.normal());
    beyond_two += std::abs(distance_of(values, 0).errors) > 1.959964 ? 1 : 0;
  }
  EXPECT_NEAR(beyond_two, 0.05 * repeats, 3.9 * std::sqrt(0.05 * 0.95 * repeats));
}

}  // namespace
}  // namespace peerlab
