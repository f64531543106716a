#include "models/replication/compact.h"

#include "tests/models/replication/a_ledger.h"

namespace peerlab {
namespace {

/// A block of twenty payments, and mempools that hold some of them and others.
struct Compact : testing::Test {
  ALedger ledger;
  std::vector<TxRef> inside, outside;
  Block block;

  Compact() {
    for (std::uint32_t i = 0; i < 20; ++i) {
      inside.push_back(ledger.spend(i % 4, i));
      EXPECT_TRUE(ledger.mempool->add(inside.back(), ledger.tip).ok());
    }
    block = ledger.mine();
    for (std::uint32_t i = 20; i < 40; ++i) outside.push_back(ledger.spend(i % 4, i));
  }
  static TxSet set_of(const std::vector<TxRef>& list) {
    TxSet set;
    for (const TxRef tx : list) set.add(tx);
    return set;
  }
  std::vector<TxRef> whole() const {
    const auto list = ledger.pool->bodies.list(block.body);
    return {list.begin(), list.end()};
  }
};

TEST_F(Compact, AFullMempoolRebuildsTheBlock) {
  const auto compact = make_compact(*ledger.pool, block.header);
  EXPECT_EQ(compact->transactions(), 21U);
  const Rebuilt rebuilt = rebuild(*ledger.pool, *compact, set_of(inside));
  EXPECT_TRUE(rebuilt.missing.empty());
  EXPECT_EQ(rebuilt.list, whole());
  EXPECT_EQ(ledger.pool->bodies.intern(rebuilt.list), block.body);
}

TEST_F(Compact, APartialMempoolNamesTheMissingPlaces) {
  const auto compact = make_compact(*ledger.pool, block.header);
  std::vector<TxRef> some(inside.begin(), inside.begin() + 17);
  some.insert(some.end(), outside.begin(), outside.end());
  const Rebuilt rebuilt = rebuild(*ledger.pool, *compact, set_of(some));
  EXPECT_EQ(rebuilt.missing.size(), 3U);
  for (const std::uint32_t place : rebuilt.missing) {
    EXPECT_FALSE(rebuilt.list[place].valid());
    EXPECT_TRUE(std::find(inside.begin() + 17, inside.end(), whole()[place]) != inside.end());
  }
}

TEST_F(Compact, AnEmptyMempoolHasTheCoinbaseOnly) {
  const auto compact = make_compact(*ledger.pool, block.header);
  const Rebuilt rebuilt = rebuild(*ledger.pool, *compact, TxSet{});
  EXPECT_EQ(rebuilt.missing.size(), 20U);
  EXPECT_EQ(rebuilt.list[0], whole()[0]);
}

TEST_F(Compact, TwoThatFitOnePlaceCountAsMissing) {
  // With one-bit short ids everything collides with something.
  const auto compact = make_compact(*ledger.pool, block.header, 1);
  const Rebuilt rebuilt = rebuild(*ledger.pool, *compact, set_of(inside));
  EXPECT_EQ(rebuilt.missing.size(), 20U);
}

TEST_F(Compact, AWrongGuessShowsInTheRoot) {
  // Short ids of six bits: an outsider sooner or later fits the place of an absent insider.
  const auto compact = make_compact(*ledger.pool, block.header, 63);
  const Rebuilt rebuilt = rebuild(*ledger.pool, *compact, set_of(outside));
  std::vector<TxRef> guess = rebuilt.list;
  std::size_t wrong = 0;
  for (std::size_t i = 1; i < guess.size(); ++i) {
    wrong += guess[i].valid() ? 1U : 0U;
    if (!guess[i].valid()) guess[i] = whole()[i];
  }
  ASSERT_GT(wrong, 0U);
  const Judged judged =
      ledger.pool->bodies.judge_binding(ledger.pool->headers.header(block.header), ledger.pool->bodies.intern(guess));
  EXPECT_EQ(judged.verdict, Verdict::bad_merkle_root);
}

TEST_F(Compact, AKeyedShortIdDependsOnTheNonce) {
  const Header& header = ledger.pool->headers.header(block.header);
  const Hash256& id = ledger.pool->transactions.id(inside[0]);
  EXPECT_NE(ShortIdKey::of(header, 1).short_id(id), ShortIdKey::of(header, 2).short_id(id));
  EXPECT_LT(ShortIdKey::of(header, 1).short_id(id), std::uint64_t{1} << 48);
}

TEST_F(Compact, TheSharedTableRebuildsExactlyAsTheDefinition) {
  for (const std::uint64_t mask :
       {std::uint64_t{0xffffffffffff}, std::uint64_t{1023}, std::uint64_t{127}, std::uint64_t{31}, std::uint64_t{3}}) {
    const auto compact = make_compact(*ledger.pool, block.header, mask);
    ShortIdTable table(*ledger.pool, compact);
    Stream chance(5, purpose("compact test"), static_cast<std::uint32_t>(mask));
    for (int round = 0; round < 200; ++round) {
      const double p = chance.uniform();
      const double q = chance.uniform();
      TxSet mempool;
      for (const TxRef tx : inside) {
        if (chance.chance(p)) mempool.add(tx);
      }
      for (const TxRef tx : outside) {
        if (chance.chance(q)) mempool.add(tx);
      }
      const Rebuilt quick = table.rebuild(*ledger.pool, mempool);
      const Rebuilt twin = rebuild(*ledger.pool, *compact, mempool);
      ASSERT_EQ(quick.list, twin.list) << mask;
      ASSERT_EQ(quick.missing, twin.missing) << mask;
      if (round == 100) outside.push_back(ledger.spend(0, 45));  // the pool grows while the table is in use
    }
  }
}

TEST_F(Compact, TheCacheKnowsItsOwnFormOnly) {
  CompactCache cache;
  ShortIdTable& table = cache.table(*ledger.pool, block.header);
  EXPECT_EQ(&cache.table(*ledger.pool, block.header), &table);
  EXPECT_EQ(cache.table_of(*table.compact()), &table);
  EXPECT_EQ(cache.table_of(*make_compact(*ledger.pool, block.header)), nullptr);
}

}  // namespace
}  // namespace peerlab
