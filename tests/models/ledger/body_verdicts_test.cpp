// Each rule has a verdict of its own, reached here by breaking exactly that rule: bodies and coinbases.
#include <gtest/gtest.h>

#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::easy_rules;
using workshop::user;
using workshop::Workshop;

TEST(Body, OfAnotherHeaderIsRefusedAndTheHeaderIsNot) {
  Workshop w;
  const Block right = w.block(w.pool.genesis(), {});
  Workshop::Bend bend;
  bend.extra = 1;
  const Block other = w.block(w.pool.genesis(), {}, bend);
  EXPECT_EQ(w.offer({right.header, other.body}), Verdict::bad_merkle_root);
  EXPECT_FALSE(w.tree.have_body(right.header));
  EXPECT_EQ(w.offer(right), Verdict::ok) << "the wrong body was its sender's fault alone";
}

TEST(Body, WithItsTailRepeatedHasTheSameRootAndIsRefused) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.coin(0, 1), 1, 900));
  const Block right = w.block(w.pool.genesis(), {a, b});
  std::vector<TxRef> doubled(w.pool.bodies.list(right.body).begin(), w.pool.bodies.list(right.body).end());
  doubled.push_back(b);
  const BodyRef mutated = w.pool.bodies.intern(doubled);
  ASSERT_EQ(w.pool.bodies.root(mutated), w.pool.bodies.root(right.body));
  EXPECT_EQ(w.offer({right.header, mutated}), Verdict::merkle_mutated);
  EXPECT_EQ(w.offer(right), Verdict::ok) << "CVE-2012-2459: the right body must still be accepted afterwards";
}

TEST(Body, AlreadyHereIsSaidSo) {
  Workshop w;
  const Block b = w.block(w.pool.genesis(), {});
  ASSERT_EQ(w.offer(b), Verdict::ok);
  EXPECT_EQ(w.offer(b), Verdict::already_known);
  EXPECT_EQ(w.tree.offer_header(b.header, Time::zero()).verdict, Verdict::already_known);
}

TEST(Body, WithoutTransactionsIsRefused) {
  Workshop w;
  EXPECT_EQ(w.offer(w.wrap(w.pool.genesis(), {})), Verdict::empty);
}

TEST(Body, AboveTheSizeLimitIsRefusedAndAtTheLimitIsNot) {
  Rules rules = easy_rules();
  rules.block_size_limit = 3000;
  Workshop w(rules);
  Assembly from;
  from.tip = w.pool.genesis();
  from.owner = user(0).public_key();
  from.fill_to = 3000;
  const Assembled full = assemble_block(w.pool, w.mempool, from);
  EXPECT_EQ(w.pool.bodies.block_size(full.block.body), 3000U);
  EXPECT_EQ(w.offer(full.block), Verdict::ok);
  Transaction one_more = w.pool.transactions.transaction(w.pool.bodies.list(full.block.body)[0]);
  one_more.number = 2;
  one_more.enclosures[0].content.generated += 1;
  EXPECT_EQ(w.offer(w.wrap(w.tree.tip(), {w.add(one_more)})), Verdict::too_large);
}

TEST(Body, WithoutACoinbaseIsRefused) {
  Workshop w;
  EXPECT_EQ(w.offer(w.wrap(w.pool.genesis(), {w.add(Workshop::pay(w.coin(0, 0), 1, 900))})), Verdict::no_coinbase);
}

TEST(Body, WithASecondCoinbaseIsRefused) {
  Workshop w;
  Transaction second;
  second.kind = TransactionKind::coinbase;
  second.number = 1;
  second.outputs.push_back({1, user(0).public_key(), std::nullopt});
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {w.add(second)})), Verdict::coinbase_misplaced);
}

TEST(Coinbase, MustNameTheHeightOfItsBlock) {
  Workshop w;
  Workshop::Bend bend;
  bend.coinbase = [](Transaction& tx) { tx.number = 2; };
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {}, bend)), Verdict::bad_coinbase_height);
}

TEST(Coinbase, TakesSubsidyAndFeesAndNoMore) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  Workshop::Bend bend;
  bend.coinbase = [](Transaction& tx) { tx.outputs[0].amount = 50 + 100; };
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {a}, bend)), Verdict::ok);
  bend.coinbase = [](Transaction& tx) { tx.outputs[0].amount = 50 + 1; };
  EXPECT_EQ(w.offer(w.block(w.tree.tip(), {}, bend)), Verdict::inflated_coinbase);
}

TEST(Coinbase, IsSpentOnlyWhenItHasMatured) {
  Workshop w;
  ASSERT_EQ(w.extend(), Verdict::ok);
  const TxRef reward = w.pool.bodies.list(w.pool.state.body(w.tree.tip()))[0];
  const TxRef early = w.add(Workshop::pay(w.spend(reward, 0, 3), 1, 50));
  EXPECT_EQ(w.mempool.add(early, w.tree.tip()).verdict, Verdict::immature_coinbase);
  EXPECT_EQ(w.extend({early}), Verdict::immature_coinbase);
  ASSERT_EQ(w.extend(), Verdict::ok);
  EXPECT_EQ(w.extend({early}), Verdict::immature_coinbase) << "two blocks deep";
  ASSERT_EQ(w.extend(), Verdict::ok);
  EXPECT_EQ(w.mempool.add(early, w.tree.tip()).verdict, Verdict::ok);
  EXPECT_EQ(w.extend({early}), Verdict::ok) << "three blocks deep, as the rules of this workshop say";
}

}  // namespace
}  // namespace peerlab
