// Intervals against published values, and summaries by hand.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "analysis/statistics/summary.h"

namespace peerlab {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

TEST(Intervals, StudentUsesTheTQuantile) {
  const std::vector<double> values = {1, 2, 3, 4, 5};  // t(4, .975) = 2.776445
  const double half = 2.7764451052 * std::sqrt(2.5) / std::sqrt(5.0);
  EXPECT_NEAR(student(values).low, 3 - half, 1e-8);
  EXPECT_NEAR(student(values).high, 3 + half, 1e-8);
  EXPECT_EQ(student(std::vector<double>{7}).high, never) << "one value says nothing about spread";
}

TEST(Intervals, WilsonGivesTheTextbookValues) {
  // 15 of 148 with continuity not corrected: Newcombe 1998, Statistics in Medicine 17, table I: .0624 .. .1605
  EXPECT_NEAR(wilson(15, 148).low, 0.0624, 5e-5);
  EXPECT_NEAR(wilson(15, 148).high, 0.1605, 5e-5);
  // 0 of 20: 0 .. .1611 in the same table
  EXPECT_EQ(wilson(0, 20).low, 0);
  EXPECT_NEAR(wilson(0, 20).high, 0.1611, 5e-5);
  EXPECT_EQ(wilson(20, 20).high, 1);
  EXPECT_EQ(wilson(0, 0).high, 1);
}

TEST(Intervals, ClopperPearsonGivesTheTextbookValues) {
  // Newcombe 1998, table I: 81 of 263: .2527 .. .3676; 15 of 148: .0578 .. .1617; 0 of 20: 0 .. .1684
  EXPECT_NEAR(exact_share(81, 263).low, 0.2527, 5e-5);
  EXPECT_NEAR(exact_share(81, 263).high, 0.3676, 5e-5);
  EXPECT_NEAR(exact_share(15, 148).low, 0.0578, 5e-5);
  EXPECT_NEAR(exact_share(15, 148).high, 0.1617, 5e-5);
  EXPECT_EQ(exact_share(0, 20).low, 0);
  EXPECT_NEAR(exact_share(0, 20).high, 0.1684, 5e-5);
}

TEST(Intervals, OfAMedianAreOrderStatistics) {
  // n = 10: the 2nd and the 9th cover the median with 97.9 % (David & Nagaraja 2003, 7.1); the 3rd and 8th with 89.1 %.
  const std::vector<double> ten = {1, 2, 3, 4, 5, 6, 7, 8, 9, never};
  EXPECT_EQ(of_quantile(ten, 0.5).low, 2);
  EXPECT_EQ(of_quantile(ten, 0.5).high, 9);
  const std::vector<double> five = {1, 2, 3, 4, 5};
  EXPECT_EQ(of_quantile(five, 0.5).low, -never) << "smallest and largest of five cover 93.75 % only";
  EXPECT_EQ(of_quantile(five, 0.5).high, never);
  const std::vector<double> six = {1, 2, 3, 4, 5, never};
  EXPECT_EQ(of_quantile(six, 0.5).low, 1);
  EXPECT_EQ(of_quantile(six, 0.5).high, never);
}

TEST(Summaries, AreMeansUntilARunSaysNever) {
  const Summary mean = summarise_values(std::vector<double>{1, 2, 3, 4, 5});
  EXPECT_EQ(mean.how, Summary::How::mean);
  EXPECT_EQ(mean.value, 3);
  EXPECT_EQ(mean.n, 5U);
  const Summary median = summarise_values(std::vector<double>{1, 2, 3, 4, never});
  EXPECT_EQ(median.how, Summary::How::median);
  EXPECT_EQ(median.value, 3);
  EXPECT_EQ(median.ci95_high, never);
  EXPECT_EQ(summarise_values(std::vector<double>{1, never, never}).value, never);
}

TEST(Summaries, OfNothingHaveNoValue) {
  EXPECT_FALSE(summarise_values({}).has_value());
  EXPECT_TRUE(std::isnan(summarise_values({}).value));
  EXPECT_FALSE(summarise_shares(std::vector<Share>{{0, 0}}).has_value());
}

TEST(Summaries, OfSharesPoolTheTrials) {
  const Summary s = summarise_shares(std::vector<Share>{{1, 10}, {3, 30}, {0, 0}});
  EXPECT_DOUBLE_EQ(s.value, 0.1);
  EXPECT_EQ(s.n, 2U);
  EXPECT_NEAR(s.ci95_low, wilson(4, 40).low, 1e-12) << "the runs agree, so the trials decide";
}

TEST(Summaries, OfSharesThatDifferBetweenRunsAreWider) {
  const Summary s = summarise_shares(std::vector<Share>{{0, 1000}, {500, 1000}, {1000, 1000}});
  EXPECT_DOUBLE_EQ(s.value, 0.5);
  EXPECT_EQ(s.ci95_low, 0) << "three runs that say 0, 1/2 and 1 know nothing";
  EXPECT_EQ(s.ci95_high, 1);
}

TEST(Summaries, OfZeroHitsShowTheirUpperBound) {
  const Summary s = summarise_shares(std::vector<Share>{{0, 100}, {0, 100}});
  EXPECT_EQ(s.value, 0);
  EXPECT_EQ(s.ci95_low, 0);
  EXPECT_NEAR(s.ci95_high, wilson(0, 200).high, 1e-12);
}

TEST(Summaries, OfPairedDifferencesForgetWhatBothShare) {
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < 10; ++i) {
    a.push_back(100 * i + 1 + 0.1 * (i % 2));
    b.push_back(100 * i);
  }
  const Summary s = summarise_difference(a, b);
  EXPECT_NEAR(s.value, 1.05, 1e-9);
  EXPECT_LT(s.ci95_high - s.ci95_low, 0.2) << "the common hundreds cancel";
  a.push_back(never);
  b.push_back(1);
  const Summary with_never = summarise_difference(a, b);
  EXPECT_EQ(with_never.n, 11U) << "a pair with a never is a pair";
  EXPECT_EQ(with_never.how, Summary::How::median);
  EXPECT_NEAR(with_never.value, 1.1, 1e-9);
  a.back() = std::nan("");
  EXPECT_EQ(summarise_difference(a, b).n, 10U) << "what was not measured is none";
}

TEST(Summaries, OfPairsThatBothNeverEndDifferByNothing) {
  const std::vector<double> both(8, never);
  const Summary s = summarise_difference(both, both);
  EXPECT_EQ(s.value, 0);
  EXPECT_EQ(s.ci95_low, 0);
  EXPECT_EQ(s.ci95_high, 0);
  EXPECT_EQ(s.how, Summary::How::median);
}

}  // namespace
}  // namespace peerlab
