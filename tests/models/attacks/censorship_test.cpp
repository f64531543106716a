// Censors among the miners: what they leave out, what they do not build on, and the laws of both.
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/theory/censorship.h"
#include "tests/models/attacks/mining_table.h"

namespace peerlab {
namespace {

MiningTable::Options options(MiningTable::Settings attack) {
  MiningTable::Options o;
  o.attack = std::move(attack);
  o.victims = {NodeId(1)};
  o.set = {{"announce_every", "1 s"}};
  return o;
}

Request pay(std::uint32_t number, std::uint32_t user, std::uint32_t to) {
  Request r;
  r.number = number;
  r.what = Asked::pay;
  r.user = UserId(user);
  r.other = UserId(to);
  r.amount = 1;
  return r;
}

/// How deep the transaction of operation `number` lies in the chain of honest node 2; 0: not in it.
std::uint32_t depth(MiningTable& t, std::uint32_t number) {
  BlockPool& pool = t.table().pool(2);
  std::uint32_t at = 0;
  for (const BlockRef b : t.main_chain()) {
    ++at;
    for (const TxRef tx : pool.bodies.list(pool.state.body(b))) {
      const Transaction& found = pool.transactions.transaction(tx);
      if (found.kind != TransactionKind::coinbase && found.number == number) return at;
    }
  }
  return 0;
}

TEST(CensorMiners, LeaveTheVictimOutAndNobodyElse) {
  MiningTable t(censor_miners_row(), options({}));
  t.table().submit(1, pay(0, 1, 2));
  t.table().submit(2, pay(1, 2, 1));
  t.attacker();
  EXPECT_EQ(t.main_chain().size(), 1U);
  EXPECT_EQ(depth(t, 0), 0U);
  EXPECT_EQ(depth(t, 1), 1U);
  t.honest(3);
  EXPECT_EQ(depth(t, 0), 1U);
  t.attacker();
  EXPECT_EQ(depth(t, 0), 2U) << "they build on it";
}

TEST(CensorMiners, BlocksUntilInclusionAreGeometric) {
  constexpr std::uint32_t trials = 1000;
  constexpr double c = 0.5;
  MiningTable::Options o = options({{"hash_share", "50 %"}});
  MiningTable t(censor_miners_row(), o);
  double blocks = 0;
  double square = 0;
  double at_once = 0;
  for (std::uint32_t i = 0; i < trials; ++i) {
    t.table().submit(1, pay(i, 1, 2));
    t.table().run(seconds(10));
    double n = 0;
    do {
      t.block(seconds(1));
      t.table().run(seconds(10));
      ++n;
    } while (t.table().replica(2).mempool.size() > 0);
    blocks += n;
    square += n * n;
    at_once += n == 1 ? 1 : 0;
  }
  const double mean = blocks / trials;
  const double variance = c / ((1 - c) * (1 - c));
  EXPECT_NEAR(mean, blocks_until_included(c), 3.9 * std::sqrt(variance / trials));
  EXPECT_NEAR(at_once / trials, 1 - c, 3.9 * std::sqrt(c * (1 - c) / trials));
  // Of a geometric law the variance of the sample variance is that of its fourth moment: at c = 1/2 a standard error of 0.19.
  EXPECT_NEAR(square / trials - mean * mean, variance, 3.9 * 0.19);
}

TEST(Orphan, ADrivenBlockIsAbandonedByEverybody) {
  MiningTable t(orphan_row(), options({}));
  t.table().submit(1, pay(0, 1, 2));
  t.honest(2);
  EXPECT_EQ(depth(t, 0), 1U);
  t.attacker();
  EXPECT_EQ(depth(t, 0), 1U) << "a draw";
  t.attacker();
  EXPECT_EQ(depth(t, 0), 0U);
  EXPECT_EQ(t.main_chain().size(), 2U);
  EXPECT_EQ(t.attempts().won, 1U);
  t.honest(3);
  EXPECT_EQ(depth(t, 0), 1U) << "the honest try again";
}

TEST(Orphan, AboveOneHalfItIsForGood) {
  MiningTable t(orphan_row(), options({{"hash_share", "70 %"}}));
  t.table().submit(1, pay(0, 1, 2));
  std::uint32_t deepest = 0;
  for (int i = 0; i < 1500; ++i) {
    t.block();
    deepest = std::max(deepest, depth(t, 0));
  }
  // The public branch outlasts k blocks of its own against a stronger one with a chance below (4 * 0.7 * 0.3)^k: one in a million at 80.
  EXPECT_LT(deepest, 80U);
  const MiningTable::Attempts made = t.attempts();
  EXPECT_GT(made.ended, 100U);
  EXPECT_EQ(made.won, made.ended) << "no block with the payment has ever lasted";
}

TEST(Orphan, BelowOneHalfItIsNot) {
  MiningTable t(orphan_row(), options({{"hash_share", "30 %"}, {"give_up", "6"}}));
  t.table().submit(1, pay(0, 1, 2));
  for (int i = 0; i < 400; ++i) t.block();
  EXPECT_GT(depth(t, 0), 50U);
}

TEST(FeatherFork, SucceedsWithTheSquareOfItsShareAndGivesInOtherwise) {
  // Two blocks in a row against one: q^2 when the pool gives in two behind.
  MiningTable t(feather_fork_row(), options({{"hash_share", "40 %"}}));
  for (std::uint32_t i = 0; i < 2000; ++i) {
    t.table().submit(1, pay(i, 1, 2));
    t.table().run(seconds(20));
    t.block();
    t.table().run(seconds(20));
  }
  const MiningTable::Attempts made = t.attempts();
  ASSERT_GT(made.ended, 200U);
  // From one behind: two behind is the end, one ahead the aim, a step forward has the chance q: q^2 / (q^2 - q + 1).
  const double q = 0.4;
  const double law = q * q / (q * q - q + 1);
  EXPECT_NEAR(static_cast<double>(made.won) / static_cast<double>(made.ended), law,
              3.9 * std::sqrt(law * (1 - law) / static_cast<double>(made.ended)));
}

TEST(FeeSnipe, MinesARichBlockAgainWithTheSameTransactions) {
  MiningTable t(fee_snipe_row(), options({{"least_fees", "100"}}));
  t.table().submit(1, pay(0, 1, 2));
  t.honest(2);
  EXPECT_EQ(depth(t, 0), 1U);
  t.attacker();
  t.attacker();
  EXPECT_EQ(depth(t, 0), 2U) << "the same payment, in his own first block";
  EXPECT_EQ(t.revenue(), 1);
  EXPECT_EQ(t.attempts().won, 1U);
}

TEST(FeeSnipe, LeavesPoorBlocksAlone) {
  MiningTable t(fee_snipe_row(), options({{"least_fees", "100000"}}));
  t.table().submit(1, pay(0, 1, 2));
  t.honest(2);
  t.attacker();
  EXPECT_EQ(t.main_chain().size(), 2U);
  EXPECT_EQ(t.attempts().ended, 0U);
}

}  // namespace
}  // namespace peerlab
