// What a node does with blocks that come in an awkward order.

#include <gtest/gtest.h>

#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::user;
using workshop::Workshop;

std::vector<Block> row(Workshop& w, BlockRef parent, int n, std::uint32_t extra) {
  std::vector<Block> blocks;
  Workshop::Bend bend;
  bend.extra = extra;
  for (int i = 0; i < n; ++i) {
    blocks.push_back(w.block(parent, {}, bend));
    parent = blocks.back().header;
  }
  return blocks;
}

TEST(BlockTree, MovesToTheHeavierBranch) {
  Workshop w;
  const std::vector<Block> a = row(w, w.pool.genesis(), 2, 1);
  const std::vector<Block> b = row(w, w.pool.genesis(), 3, 2);
  for (const Block& x : a) ASSERT_EQ(w.offer(x), Verdict::ok);
  EXPECT_EQ(w.offer(b[0]), Verdict::ok);
  EXPECT_EQ(w.offer(b[1]), Verdict::ok);
  EXPECT_EQ(w.tree.tip(), a[1].header) << "of equal work the first seen stays";
  ASSERT_TRUE(w.tree.offer_header(b[2].header, Time::zero()).ok());
  EXPECT_EQ(w.tree.best_header(), b[2].header);
  const BlockTree::Outcome outcome = w.tree.offer_body(b[2].header, b[2].body, {});
  EXPECT_EQ(w.tree.tip(), b[2].header);
  ASSERT_EQ(outcome.disconnected.size(), 2U);
  EXPECT_EQ(outcome.disconnected[0], a[1].header) << "from the old tip down";
  ASSERT_EQ(outcome.connected.size(), 3U);
  EXPECT_EQ(outcome.connected[0], b[0].header) << "from the fork up";
}

TEST(BlockTree, GoesOverToARivalOfEqualWorkWhenATieRuleAsksForIt) {
  Workshop w;
  const std::vector<Block> a = row(w, w.pool.genesis(), 2, 1);
  const std::vector<Block> b = row(w, w.pool.genesis(), 2, 2);
  const std::vector<Block> c = row(w, w.pool.genesis(), 1, 3);
  for (const auto& branch : {a, b, c}) {
    for (const Block& x : branch) ASSERT_EQ(w.offer(x), Verdict::ok);
  }
  ASSERT_EQ(w.tree.tip(), a[1].header);
  EXPECT_FALSE(w.tree.change_to(c[0].header, {}).moved()) << "less work is no rival";
  EXPECT_FALSE(w.tree.change_to(a[1].header, {}).moved()) << "nor is the tip itself";
  const BlockTree::Outcome outcome = w.tree.change_to(b[1].header, {});
  ASSERT_TRUE(outcome.moved());
  EXPECT_EQ(outcome.disconnected.size(), 2U);
  EXPECT_EQ(outcome.connected.size(), 2U);
  EXPECT_EQ(w.tree.tip(), b[1].header);
}

TEST(BlockTree, AnOrphanFollowsWhenItsParentComes) {
  Workshop w;
  const std::vector<Block> a = row(w, w.pool.genesis(), 3, 1);
  EXPECT_EQ(w.tree.offer_header(a[2].header, Time::zero()).verdict, Verdict::unknown_previous);
  EXPECT_EQ(w.tree.offer_body(a[2].header, a[2].body, {}).verdict, Verdict::ok) << "held, waiting";
  EXPECT_EQ(w.tree.offer_header(a[1].header, Time::zero()).verdict, Verdict::unknown_previous);
  EXPECT_EQ(w.tree.offer_header(a[0].header, Time::zero()).verdict, Verdict::ok);
  EXPECT_TRUE(w.tree.have_header(a[2].header));
  EXPECT_TRUE(w.tree.orphans().empty());
  EXPECT_EQ(w.tree.best_header(), a[2].header);
  EXPECT_EQ(w.offer(a[0]), Verdict::ok);
  EXPECT_EQ(w.tree.tip(), a[0].header);
  EXPECT_EQ(w.offer(a[1]), Verdict::ok);
  EXPECT_EQ(w.tree.tip(), a[2].header) << "its body was here already";
}

TEST(BlockTree, KeepsABoundedNumberOfOrphansAndForgetsTheOldestWithItsBody) {
  Workshop w;
  const std::vector<Block> a = row(w, w.pool.genesis(), static_cast<int>(BlockTree::max_orphans) + 3, 1);
  for (std::size_t i = a.size(); i-- > 1;) {
    EXPECT_EQ(w.tree.offer_header(a[i].header, Time::zero()).verdict, Verdict::unknown_previous);
    (void)w.tree.offer_body(a[i].header, a[i].body, {});
  }
  EXPECT_EQ(w.tree.orphans().size(), BlockTree::max_orphans);
  EXPECT_FALSE(w.tree.have_body(a.back().header));
  EXPECT_TRUE(w.tree.have_body(a[1].header));
  EXPECT_EQ(w.offer(a[0]), Verdict::ok);
  EXPECT_EQ(w.pool.headers.height(w.tree.tip()), BlockTree::max_orphans + 1);
}

TEST(BlockTree, AnOrphanWithoutWorkIsNotKept) {
  Workshop w;
  const std::vector<Block> a = row(w, w.pool.genesis(), 1, 1);
  Workshop::Bend bend;
  bend.solved = [](Header& h) {
    while (meets_target(h.id(), h.bits)) ++h.nonce;
  };
  const Block bad = w.block(a[0].header, {}, bend);
  EXPECT_EQ(w.tree.offer_header(bad.header, Time::zero()).verdict, Verdict::bad_proof_of_work);
  EXPECT_TRUE(w.tree.orphans().empty());
}

TEST(BlockTree, AnInvalidBlockTakesItsDescendantsWithItAndTheNodeStaysOnTheBestThatIsLeft) {
  Workshop w;
  const std::vector<Block> a = row(w, w.pool.genesis(), 2, 1);
  for (const Block& x : a) ASSERT_EQ(w.offer(x), Verdict::ok);
  const std::vector<Block> good = row(w, w.pool.genesis(), 1, 2);
  Workshop::Bend bend;
  bend.coinbase = [](Transaction& tx) { tx.outputs[0].amount = 51; };
  const Block bad = w.block(good[0].header, {}, bend);
  const std::vector<Block> after = row(w, bad.header, 2, 3);
  EXPECT_EQ(w.offer(good[0]), Verdict::ok);
  EXPECT_EQ(w.offer(bad), Verdict::ok) << "not judged while its branch is behind";
  ASSERT_TRUE(w.tree.offer_header(after[0].header, Time::zero()).ok());
  ASSERT_TRUE(w.tree.offer_header(after[1].header, Time::zero()).ok());
  EXPECT_EQ(w.tree.best_header(), after[1].header);
  const BlockTree::Outcome outcome = w.tree.offer_body(after[0].header, after[0].body, {});
  EXPECT_EQ(outcome.verdict, Verdict::previous_invalid);
  ASSERT_EQ(outcome.refused.size(), 1U);
  EXPECT_EQ(outcome.refused[0].block, bad.header);
  EXPECT_EQ(outcome.refused[0].verdict, Verdict::inflated_coinbase);
  EXPECT_EQ(w.tree.tip(), a[1].header);
  EXPECT_EQ(w.tree.best_header(), a[1].header) << "headers on an invalid block count no more";
  EXPECT_TRUE(w.tree.invalid(after[1].header));
  EXPECT_EQ(w.tree.offer_body(after[1].header, after[1].body, {}).verdict, Verdict::previous_invalid);
  EXPECT_EQ(w.extend(), Verdict::ok);
}

TEST(BlockTree, NamesTheBodiesItLacksLowestFirst) {
  Workshop w;
  const std::vector<Block> a = row(w, w.pool.genesis(), 6, 1);
  for (const Block& x : a) ASSERT_TRUE(w.tree.offer_header(x.header, Time::zero()).ok());
  (void)w.tree.offer_body(a[0].header, a[0].body, {});
  (void)w.tree.offer_body(a[2].header, a[2].body, {});
  std::vector<BlockRef> missing;
  w.tree.missing_bodies(3, missing);
  EXPECT_EQ(missing, (std::vector<BlockRef>{a[1].header, a[3].header, a[4].header}));
}

TEST(BlockTree, ALocatorFindsTheForkWhereverItIs) {
  Workshop w;
  Workshop other;
  for (int i = 0; i < 40; ++i) ASSERT_EQ(w.extend(), Verdict::ok);
  // The other knows the first 25 and went its own way for 5.
  BlockRef at = w.pool.genesis();
  for (std::uint32_t h = 1; h <= 25; ++h) {
    const BlockRef b = w.pool.headers.ancestor(w.tree.tip(), h);
    Bytes bytes;
    Writer out(bytes);
    encode_block(w.pool, {b, w.pool.state.body(b)}, out);
    Reader in(bytes);
    ASSERT_EQ(other.offer(*decode_block(other.pool, in)), Verdict::ok);
    at = b;
  }
  for (const Block& b : row(other, other.tree.tip(), 5, 7)) ASSERT_EQ(other.offer(b), Verdict::ok);
  std::vector<Hash256> ids;
  for (const BlockRef b : other.tree.locator()) ids.push_back(other.pool.headers.id(b));
  EXPECT_LT(ids.size(), 20U);
  EXPECT_EQ(ids.front(), other.pool.headers.id(other.tree.tip()));
  EXPECT_EQ(ids.back(), other.pool.headers.id(other.pool.genesis()));
  std::vector<BlockRef> answer;
  w.tree.headers_after(ids, 2000, answer);
  ASSERT_EQ(answer.size(), 15U);
  EXPECT_EQ(w.pool.headers.parent(answer.front()), at);
  EXPECT_EQ(answer.back(), w.tree.tip());
  answer.clear();
  w.tree.headers_after({}, 4, answer);
  EXPECT_EQ(answer.size(), 4U) << "a stranger gets the first headers, as many as were asked for";
}

TEST(BlockTree, AReorganisationReturnsTransactionsToTheMempool) {
  Workshop w;
  const TxRef mine = w.add(Workshop::pay(w.coin(0, 0), 1, 900));
  const TxRef next = w.add(Workshop::pay(w.spend(mine, 0, 1), 2, 800));
  const TxRef rival = w.add(Workshop::pay(w.coin(1, 0), 1, 900));
  const TxRef lost = w.add(Workshop::pay(w.coin(1, 0), 2, 900));
  ASSERT_EQ(w.offer(w.block(w.pool.genesis(), {mine, next, lost})), Verdict::ok);
  const Block b1 = w.block(w.pool.genesis(), {rival});
  ASSERT_EQ(w.offer(b1), Verdict::ok);
  ASSERT_EQ(w.offer(w.block(b1.header, {mine})), Verdict::ok);
  EXPECT_FALSE(w.mempool.has(mine)) << "confirmed again";
  EXPECT_TRUE(w.mempool.has(next));
  EXPECT_FALSE(w.mempool.has(lost)) << "its coin went to the rival";
}

TEST(Assembly, FillsABlockToItsDeclaredSizeAndSolvesIt) {
  Workshop w;
  ASSERT_EQ(w.mempool.add(w.add(Workshop::pay(w.coin(0, 0), 1, 900)), w.tree.tip()).verdict, Verdict::ok);
  Assembly from;
  from.tip = w.tree.tip();
  from.owner = user(2).public_key();
  from.now = Time::zero() + seconds(100);
  from.fill_to = 535'000;
  const Assembled made = assemble_block(w.pool, w.mempool, from);
  EXPECT_EQ(w.pool.bodies.block_size(made.block.body), 535'000U);
  EXPECT_EQ(made.fees, 100U);
  EXPECT_GE(made.effort.headers, 1U);
  EXPECT_EQ(w.pool.headers.header(made.block.header).time, w.pool.rules.epoch + 100);
  Bytes bytes;
  Writer out(bytes);
  encode_block(w.pool, made.block, out);
  EXPECT_EQ(bytes.size(), 535'000U) << "the declared bytes are really there on the wire";
  EXPECT_EQ(w.offer(made.block), Verdict::ok);
  Workshop there;
  Reader in(bytes);
  EXPECT_EQ(there.offer(*decode_block(there.pool, in)), Verdict::ok);
}

TEST(Genesis, IsTheSameInEveryPoolAndDiffersByItsNumber) {
  const Workshop a;
  const Workshop b;
  EXPECT_EQ(a.pool.headers.id(a.pool.genesis()), b.pool.headers.id(b.pool.genesis()));
  EXPECT_EQ(a.pool.state.digest(a.pool.genesis()), b.pool.state.digest(b.pool.genesis()));
  Genesis other = workshop::funds();
  other.number = 1;
  const BlockPool pool(workshop::easy_rules(), other);
  EXPECT_NE(pool.headers.id(pool.genesis()), a.pool.headers.id(a.pool.genesis()));
  EXPECT_TRUE(meets_target(pool.headers.id(pool.genesis()), pool.rules.genesis_bits));
  EXPECT_EQ(pool.transactions.outputs_of(user(1).public_key()).size(), 8U);
}

}  // namespace
}  // namespace peerlab
