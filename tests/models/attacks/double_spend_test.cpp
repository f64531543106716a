#include <gtest/gtest.h>

#include "models/attacks/mining_fields.h"
#include "models/replication/messages.h"
#include "tests/models/attacks/mining_table.h"

namespace peerlab {
namespace {

MiningTable::Options options(MiningTable::Settings attack) {
  MiningTable::Options o;
  o.attack = std::move(attack);
  o.victims = {NodeId(1)};
  return o;
}

/// What node 1, the merchant, owns beyond the ten coins of the genesis block.
std::uint64_t received(MiningTable& t) {
  const Replica& r = t.table().replica(1);
  std::uint64_t sum = 0;
  std::size_t coins = 0;
  for (const Coin& coin :
       spendable_coins(t.table().pool(1), r.tree.tip(), r.mempool, KeyPair::derive(1, 1).public_key())) {
    sum += coin.amount;
    ++coins;
  }
  return sum - 10 * 100'000'000ULL;
}

TEST(DoubleSpend, TakesThePaymentBackOnceItIsDeepEnoughAndTheBranchLonger) {
  MiningTable t(double_spend_attack_row(), options({{"confirmations", "2"}, {"head_start", "1"}, {"trials", "1"}}));
  t.table().run(minutes(1));
  EXPECT_EQ(received(t), 0U) << "he pays when he has a head start";
  t.attacker();
  t.table().run(minutes(1));
  EXPECT_EQ(received(t), 1U) << "the payment is on its way";
  t.honest(1);
  t.honest(2);
  EXPECT_EQ(t.table().height(1), 2U) << "two blocks deep; the branch has one";
  t.attacker();
  EXPECT_EQ(t.revenue(), 0) << "two against two: real fork choice does not go back on a draw";
  t.attacker();
  EXPECT_EQ(t.main_chain().size(), 3U);
  EXPECT_EQ(t.revenue(), 1);
  EXPECT_EQ(received(t), 0U) << "and the merchant has nothing";
  EXPECT_EQ(t.attempts().won, 1U);
  t.attacker();
  EXPECT_EQ(t.main_chain().size(), 4U) << "the one trial is over: he mines honestly";
}

TEST(DoubleSpend, PublishesNothingBeforeTheMerchantIsContent) {
  MiningTable t(double_spend_attack_row(), options({{"confirmations", "2"}, {"head_start", "1"}}));
  for (int i = 0; i < 5; ++i) t.attacker();
  t.honest(1);
  EXPECT_EQ(t.table().height(2), 1U);
  t.honest(1);
  EXPECT_EQ(t.table().height(2), 5U);
}

// The attacker took his own node's chain for the merchant's, and published before the goods were handed over.
TEST(DoubleSpend, WaitsForTheMerchantsOwnChainAndNotForWhatTheAttackerSees) {
  MiningTable t(double_spend_attack_row(), options({{"confirmations", "2"}, {"head_start", "1"}}));
  t.table().loses = [](NodeId, NodeId to, const Message& m) {
    return to == NodeId(1) && (m.kind == kind::block_inventory || m.kind == kind::block_body);
  };
  for (int i = 0; i < 4; ++i) t.attacker();
  t.honest(2);
  t.honest(2);
  EXPECT_EQ(t.table().height(2), 2U) << "two deep for everybody else, and the branch has four";
  EXPECT_EQ(t.table().height(1), 0U) << "but the merchant has heard of no block";
  t.table().loses = nullptr;
  t.honest(3);
  EXPECT_EQ(t.table().height(1), 4U) << "he has, he hands over, and the branch is published";
  EXPECT_EQ(t.attempts().won, 1U);
}

TEST(DoubleSpend, StartsAfreshWhenThePublicChainMovesBeforeThePayment) {
  MiningTable t(double_spend_attack_row(), options({{"head_start", "2"}}));
  t.attacker();
  t.honest(1);
  t.attacker();
  t.table().run(minutes(1));
  EXPECT_EQ(received(t), 0U);
  t.attacker();
  t.table().run(minutes(1));
  EXPECT_EQ(received(t), 1U);
}

TEST(DoubleSpend, GivesUpAndHasPaid) {
  MiningTable t(double_spend_attack_row(), options({{"confirmations", "1"}, {"give_up", "3"}, {"trials", "1"}}));
  for (int i = 0; i < 3; ++i) t.honest(2);
  EXPECT_EQ(t.attempts().ended, 1U);
  EXPECT_EQ(t.attempts().won, 0U);
  t.table().run(minutes(1));
  EXPECT_EQ(received(t), 1U);
  t.attacker();
  EXPECT_EQ(t.table().height(1), 4U);
}

TEST(Finney, WinsUnlessSomebodyElseFindsABlockMeanwhile) {
  for (const bool disturbed : {false, true}) {
    MiningTable t(finney_row(), options({{"patience", "1 min"}, {"trials", "1"}}));
    t.table().win(0);
    t.table().run(seconds(30));
    EXPECT_EQ(received(t), 1U);
    if (disturbed) t.table().win(2);
    t.table().run(minutes(2));
    EXPECT_EQ(t.attempts().won, disturbed ? 0U : 1U);
    EXPECT_EQ(received(t), disturbed ? 1U : 0U);
    EXPECT_EQ(t.table().height(1), 1U);
  }
}

TEST(Majority, RewritesWhatLayDeep) {
  MiningTable t(majority_row(), options({{"depth", "3"}, {"trials", "1"}}));
  for (int i = 0; i < 3; ++i) t.honest(1);
  for (int i = 0; i < 3; ++i) t.attacker();
  EXPECT_EQ(t.revenue(), 0);
  t.attacker();
  EXPECT_EQ(t.main_chain().size(), 4U);
  EXPECT_EQ(t.revenue(), 1);
  EXPECT_EQ(t.attempts().won, 1U);
}

TEST(Attempts, ThatCannotSucceedAreRefused) {
  const auto said = [](const AttackRow& row, MiningTable::Settings set) {
    Params params = Params::defaults(row.fields());
    for (const auto& [name, text] : set) EXPECT_EQ(params.set(name, text), "");
    return row.check(params, hours(10));
  };
  EXPECT_EQ(said(double_spend_attack_row(), {}), "");
  EXPECT_TRUE(said(double_spend_attack_row(), {{"confirmations", "0"}}).starts_with("head_start: "));
  EXPECT_TRUE(said(double_spend_attack_row(), {{"hash_share", "0 %"}}).starts_with("hash_share: "));
  EXPECT_TRUE(said(double_spend_attack_row(), {{"from", "11 h"}}).starts_with("from: "));
  EXPECT_TRUE(said(double_spend_attack_row(), {{"give_up", "0"}}).starts_with("give_up: "));
  EXPECT_TRUE(said(majority_row(), {{"depth", "6"}, {"give_up", "6"}}).starts_with("give_up: "));
  EXPECT_EQ(said(majority_row(), {{"depth", "6"}, {"give_up", "7"}}), "");
  EXPECT_TRUE(said(orphan_row(), {{"give_up", "1"}}).starts_with("give_up: "));
  EXPECT_TRUE(said(policy_table_row(), {{"table", "xyz"}}).starts_with("table: "));
}

}  // namespace
}  // namespace peerlab
