// What a mempool refuses that a block could hold, and what it says of it.
#include <gtest/gtest.h>

#include "models/crypto/expand.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::Workshop;

const Content text = stored_content(expand(1, 100));

TEST(Mempool, KeepsTheFirstOfTwoThatSpendTheSameOutput) {
  Workshop w;
  const TxRef first = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef second = w.add(Workshop::pay(w.coin(0, 0), 2, 100));
  EXPECT_EQ(w.mempool.add(first, w.tree.tip()).verdict, Verdict::ok);
  EXPECT_EQ(w.mempool.add(second, w.tree.tip()).verdict, Verdict::mempool_conflict);
  EXPECT_EQ(w.mempool.add(first, w.tree.tip()).verdict, Verdict::already_known);
}

TEST(Mempool, RefusesASecondRecordOfTheSameNameAndACoinbase) {
  Workshop w;
  EXPECT_EQ(w.mempool.add(w.add(Workshop::publish(w.coin(0, 0), 0, 7, text)), w.tree.tip()).verdict, Verdict::ok);
  EXPECT_EQ(w.mempool.add(w.add(Workshop::publish(w.coin(0, 1), 0, 7, text)), w.tree.tip()).verdict,
            Verdict::mempool_conflict);
  EXPECT_EQ(w.mempool.add(TxRef(0), w.tree.tip()).verdict, Verdict::coinbase_misplaced);
}

TEST(Mempool, WhenFullRefusesWhatPaysLeast) {
  Workshop w;
  Mempool small(w.pool, 2000);
  for (std::uint32_t i = 0; i < 8; ++i) {
    (void)small.add(w.add(Workshop::pay(w.coin(0, i), 1, 900 - i)), w.tree.tip());
  }
  EXPECT_LE(small.bytes(), 2000U);
  EXPECT_EQ(small.add(w.add(Workshop::pay(w.coin(1, 0), 1, 999)), w.tree.tip()).verdict, Verdict::ok);
  TxRef last;
  Verdict verdict = Verdict::ok;
  for (std::uint32_t i = 1; i < 8 && verdict == Verdict::ok; ++i) {
    last = w.add(Workshop::pay(w.coin(1, i), 1, 1000));
    verdict = small.add(last, w.tree.tip()).verdict;
  }
  EXPECT_EQ(verdict, Verdict::mempool_full);
  EXPECT_FALSE(small.has(last));
}

TEST(Mempool, SaysThatAConfirmedTransactionIsKnown) {
  Workshop w;
  const TxRef tx = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  ASSERT_EQ(w.extend({tx}), Verdict::ok);
  EXPECT_EQ(w.mempool.add(tx, w.tree.tip()).verdict, Verdict::already_known);
}

}  // namespace
}  // namespace peerlab
