// Each rule has a verdict of its own, reached here by breaking exactly that rule: transactions, alone in a block and in a
// mempool.
#include <gtest/gtest.h>

#include "models/crypto/expand.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::expect_refused;
using workshop::user;
using workshop::Workshop;

const Content text = stored_content(expand(1, 100));

TEST(Transaction, WithoutInputsOrOutputsIsRefused) {
  Workshop w;
  Transaction tx = Workshop::pay(w.coin(0, 0), 1, 900);
  tx.outputs.clear();
  expect_refused(w, Workshop::sign(tx), Verdict::empty);
  tx = Workshop::pay(w.coin(0, 0), 1, 900);
  tx.inputs.clear();
  expect_refused(w, tx, Verdict::empty);
}

TEST(Transaction, AboveTheSizeLimitIsRefused) {
  Workshop w;
  expect_refused(w, Workshop::publish(w.coin(0, 0), 0, 1, declared_content(1, 1'000'001)), Verdict::too_large);
}

TEST(Transaction, WithPartsThatDoNotFitItsKindIsRefused) {
  Workshop w;
  Workshop::Bend bend;
  bend.coinbase = [&](Transaction& tx) { tx.inputs.push_back(w.coin(0, 0)); };
  EXPECT_EQ(w.offer(w.block(w.pool.genesis(), {}, bend)), Verdict::malformed) << "a coinbase with an input";
  Transaction tx = Workshop::publish(w.coin(0, 0), 0, 1, text);
  tx.enclosures.push_back(tx.enclosures[0]);
  expect_refused(w, Workshop::sign(tx), Verdict::malformed);
}

TEST(Transaction, WithMoreMoneyThanThereIsIsRefused) {
  Workshop w;
  const std::uint64_t limit = w.pool.rules.money_limit;
  expect_refused(w, Workshop::pay(w.coin(0, 0), 1, limit + 1), Verdict::bad_amount);
  Transaction tx = Workshop::pay(w.coin(0, 0), 1, limit);
  tx.outputs.push_back(tx.outputs[0]);
  expect_refused(w, Workshop::sign(tx), Verdict::bad_amount);
  tx.outputs[0].amount = tx.outputs[1].amount = std::uint64_t{1} << 63;  // the sum wraps to zero
  expect_refused(w, Workshop::sign(tx), Verdict::bad_amount);
}

TEST(Transaction, ThatSpendsAnOutputTwiceIsRefused) {
  Workshop w;
  Transaction tx = Workshop::pay(w.coin(0, 0), 1, 900);
  tx.inputs.push_back(tx.inputs[0]);
  expect_refused(w, Workshop::sign(tx), Verdict::duplicate_input);
}

TEST(Transaction, ChangedAfterSigningIsRefused) {
  Workshop w;
  Transaction tx = Workshop::pay(w.coin(0, 0), 1, 900);
  tx.outputs[0].owner = user(2).public_key();
  expect_refused(w, tx, Verdict::bad_signature);
}

TEST(Transaction, OfSomeoneElsesCoinIsRefused) {
  Workshop w;
  Input stolen = w.coin(0, 0);
  stolen.owner = user(1).public_key();
  expect_refused(w, Workshop::pay(stolen, 1, 900), Verdict::not_owner);
}

TEST(Transaction, OfAnOutputThatDoesNotExistIsRefused) {
  Workshop w;
  Input nothing = w.coin(0, 0);
  nothing.spends.index = 32;
  expect_refused(w, Workshop::pay(nothing, 1, 900), Verdict::unknown_output);
  nothing.spends.txid.bytes[0] ^= 1;
  expect_refused(w, Workshop::pay(nothing, 1, 900), Verdict::unknown_output);
}

TEST(Transaction, OfAnOutputThatIsOnAnotherBranchIsRefused) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.spend(a, 0, 1), 2, 800));
  ASSERT_EQ(w.offer(w.block(w.pool.genesis(), {a})), Verdict::ok);
  Workshop::Bend bend;
  bend.extra = 1;
  const Block rival = w.block(w.pool.genesis(), {}, bend);
  ASSERT_EQ(w.offer(rival), Verdict::ok);
  EXPECT_EQ(w.offer(w.block(rival.header, {b})), Verdict::unknown_output);
  EXPECT_EQ(w.extend({b}), Verdict::ok);
}

TEST(Transaction, OfASpentOutputIsRefused) {
  Workshop w;
  ASSERT_EQ(w.extend({w.add(Workshop::pay(w.coin(0, 0), 1, 900))}), Verdict::ok);
  expect_refused(w, Workshop::pay(w.coin(0, 0), 2, 900), Verdict::double_spend);
}

TEST(Transaction, OfAnOutputSpentEarlierInTheBlockIsRefused) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.coin(0, 0), 2, 900));
  EXPECT_EQ(w.extend({a, b}), Verdict::double_spend_in_block);
  EXPECT_EQ(w.extend({a}), Verdict::ok);
}

TEST(Transaction, MayBeSpentInDifferentWaysOnDifferentBranches) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.coin(0, 0), 2, 900));
  ASSERT_EQ(w.offer(w.block(w.pool.genesis(), {a})), Verdict::ok);
  const Block rival = w.block(w.pool.genesis(), {b});
  ASSERT_EQ(w.offer(rival), Verdict::ok);
  ASSERT_EQ(w.offer(w.block(rival.header, {})), Verdict::ok);
  EXPECT_TRUE(w.pool.state.contains(w.tree.tip(), b));
  EXPECT_FALSE(w.pool.state.contains(w.tree.tip(), a));
  EXPECT_EQ(w.extend({a}), Verdict::double_spend);
}

TEST(Transaction, WorthMoreThanItsInputsIsRefused) {
  Workshop w;
  expect_refused(w, Workshop::pay(w.coin(0, 0), 1, 1001), Verdict::overspend);
  EXPECT_EQ(w.extend({w.add(Workshop::pay(w.coin(0, 0), 1, 1000))}), Verdict::ok) << "a fee of zero is allowed";
}

TEST(Transaction, BeforeTheOneItDependsOnIsRefused) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef b = w.add(Workshop::pay(w.spend(a, 0, 1), 2, 800));
  EXPECT_EQ(w.extend({b, a}), Verdict::unknown_output);
  EXPECT_EQ(w.extend({a, b}), Verdict::ok);
}

}  // namespace
}  // namespace peerlab
