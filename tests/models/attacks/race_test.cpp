#include <gtest/gtest.h>

#include "tests/models/attacks/mining_table.h"

namespace peerlab {
namespace {

MiningTable::Options options() {
  MiningTable::Options o;
  o.victims = {NodeId(1)};
  o.attack = {{"every", "1 min"}};
  return o;
}

std::uint64_t coins(MiningTable& t, std::uint32_t user) {
  const Replica& r = t.table().replica(2);
  std::uint64_t sum = 0;
  for (const Coin& coin :
       spendable_coins(t.table().pool(2), r.tree.tip(), r.mempool, KeyPair::derive(1, user).public_key())) {
    sum += coin.amount;
  }
  return sum;
}

TEST(Race, TheMerchantSeesHisPaymentAndEverybodyElseTheRival) {
  MiningTable t(race_row(), options());
  t.table().run(seconds(70));
  EXPECT_EQ(t.table().replica(1).mempool.size(), 1U);
  const TxRef at_merchant = t.table().replica(1).mempool.sorted().front();
  EXPECT_EQ(t.table().pool(1).transactions.transaction(at_merchant).outputs.size(), 2U) << "the price and the change";
  for (const std::uint32_t n : {2U, 3U}) {
    const TxRef elsewhere = t.table().replica(n).mempool.sorted().front();
    EXPECT_NE(elsewhere, at_merchant);
    EXPECT_EQ(t.table().pool(n).transactions.transaction(elsewhere).outputs.size(), 1U) << "all of it back";
  }
}

TEST(Race, IsWonWhereAnybodyButTheMerchantFindsTheBlock) {
  for (const std::uint32_t finder : {1U, 2U}) {
    MiningTable t(race_row(), options());
    t.table().run(seconds(70));
    t.table().win(finder);
    t.table().run(seconds(10));
    EXPECT_EQ(coins(t, 1) - 10 * 100'000'000ULL, finder == 1 ? 1U : 0U);
    EXPECT_EQ(t.attempts().ended, 1U);
    EXPECT_EQ(t.attempts().won, finder == 1 ? 0U : 1U);
  }
}

}  // namespace
}  // namespace peerlab
