// The price of an attack: thresholds, quantiles with Wilson's interval, and what is said where a larger budget fails.
#include "analysis/report/attack_price.h"

#include <gtest/gtest.h>

#include <cmath>

namespace peerlab {
namespace {

/// Ten replications over the budgets 1, 2, 4: so many succeed from 1 on, from 2 on, from 4 on; the others never.
std::vector<Attempt> attempts(int from_1, int from_2, int from_4) {
  std::vector<Attempt> all;
  for (int i = 0; i < 10; ++i) {
    const bool one = i < from_1;
    const bool two = i < from_1 + from_2;
    all.push_back({one, two, i < from_1 + from_2 + from_4});
  }
  return all;
}
const std::vector<double> budgets = {1, 2, 4};

TEST(AttackPrice, IsTheSmallestBudgetAtWhichThatManySucceed) {
  const PriceTable::Row row = price_row("p2p", "x", budgets, attempts(2, 3, 5));
  EXPECT_EQ(row.k50.k, 2);
  EXPECT_EQ(row.k95.k, 4);
  EXPECT_EQ(row.thresholds, (std::vector<double>{1, 1, 2, 2, 2, 4, 4, 4, 4, 4}));
  EXPECT_EQ(row.at[1].successes, 5U);
  EXPECT_NEAR(row.at[1].share.low, 0.2366, 1e-4) << "Wilson 1927, 5 of 10";
  EXPECT_NEAR(row.at[1].share.high, 0.7634, 1e-4);
}

TEST(AttackPrice, ItsIntervalIsWhereWilsonsReachesTheShareAndLiesAboveIt) {
  const PriceTable::Row row = price_row("p2p", "x", budgets, attempts(2, 3, 5));
  EXPECT_EQ(row.k50.low, 1) << "2 of 10: up to 51 %";
  EXPECT_EQ(row.k50.high, 4) << "10 of 10: from 72 % on";
  EXPECT_EQ(row.k95.low, 4);
  EXPECT_TRUE(std::isinf(row.k95.high)) << "ten successes do not show 95 %";
}

TEST(AttackPrice, ThatIsNeverPaidLiesBeyondWhatWasTried) {
  PriceTable table{"attacks.0.machines", "machines", {price_row("p2p", "x", budgets, attempts(0, 0, 1))}};
  EXPECT_TRUE(std::isinf(table.rows[0].k50.k));
  EXPECT_EQ(price_in_words(table.rows[0].k50, table), "> 4 machines");
}

TEST(AttackPrice, SaysWhereALargerBudgetFailed) {
  std::vector<Attempt> all = attempts(2, 3, 5);
  all[0] = {true, false, true};
  PriceTable table{"attacks.0.machines", "machines", {price_row("p2p", "acts@p2p > 50 %", budgets, all)}};
  EXPECT_EQ(table.rows[0].fell_back, 1U);
  EXPECT_EQ(table.rows[0].at[1].successes, 4U) << "what happened at that budget";
  EXPECT_EQ(table.rows[0].k50.k, 2) << "it had got there before";
  EXPECT_NE(price_explained(table).find("Not monotone: `acts@p2p > 50 %`"), std::string::npos);
  table.rows[0] = price_row("p2p", "acts@p2p > 50 %", budgets, attempts(2, 3, 5));
  EXPECT_EQ(price_explained(table).find("Not monotone"), std::string::npos);
}

TEST(AttackPrice, IsPrintedWithTheSuccessesOfEachBudget) {
  const PriceTable table{"attacks.0.hash_share", "share", {price_row("p2p", "gone", {0.2, 0.6}, {{false, true}})}};
  const std::string text = print_price(table, {});
  EXPECT_NE(text.find("What it takes, as attacks.0.hash_share"), std::string::npos);
  EXPECT_NE(text.find("20.0 %: 0 of 1, 60.0 %: 1 of 1"), std::string::npos) << text;
}

}  // namespace
}  // namespace peerlab
