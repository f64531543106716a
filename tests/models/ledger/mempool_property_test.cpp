// A node's mempool against the stupid way: a list that is judged again from nothing after every step.

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <optional>
#include <set>
#include <vector>

#include "models/base/random.h"
#include "models/crypto/expand.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::random_payment;
using workshop::user;
using workshop::Workshop;

TEST(TxSet, IsASetWhateverTheWindowDoes) {
  Stream s(1, purpose("test tx set"));
  TxSet set;
  std::set<TxRef> twin;
  std::uint64_t base = 0;
  for (int i = 0; i < 20'000; ++i) {
    base += s.below(3);
    const TxRef tx = TxRef::of(base + s.below(500));
    const double what = s.uniform();
    if (what < 0.48) {
      EXPECT_EQ(set.add(tx), twin.insert(tx).second);
    } else if (what < 0.5) {
      const MaskWord more{tx.value >> 6, s.bits() & s.bits() & s.bits()};
      for (std::uint64_t fresh = set.add(more), left = more.bits; left != 0; left &= left - 1) {
        const auto bit = static_cast<std::uint32_t>(std::countr_zero(left));
        EXPECT_EQ(twin.insert(TxRef(more.word * 64 + bit)).second, (fresh >> bit & 1) != 0);
      }
    } else if (what < 0.98 && !twin.empty()) {
      const TxRef victim = s.chance(0.7) ? *twin.begin() : tx;
      EXPECT_EQ(set.remove(victim), twin.erase(victim) > 0);
    } else {
      TxMask mask;
      for (std::uint32_t w = static_cast<std::uint32_t>(base >> 6); w < (base >> 6) + 4; ++w)
        mask.push_back({w, s.bits()});
      std::vector<TxRef> common;
      std::vector<TxRef> missing;
      set.each_common(mask, [&](TxRef t) { common.push_back(t); });
      set.each_missing(mask, [&](TxRef t) { missing.push_back(t); });
      for (const TxRef t : common) EXPECT_TRUE(twin.contains(t));
      for (const TxRef t : missing) EXPECT_FALSE(twin.contains(t));
      EXPECT_EQ(set.count_common(mask), common.size());
      EXPECT_EQ(set.remove_all(mask), common.size());
      for (const TxRef t : common) twin.erase(t);
    }
    EXPECT_EQ(set.size(), twin.size());
    std::size_t in_words = 0;
    if (i % 100 == 0) {
      set.each_word([&](MaskWord m) { in_words += static_cast<std::size_t>(std::popcount(m.bits)); });
      EXPECT_EQ(in_words, twin.size());
    }
    EXPECT_EQ(set.has(tx), twin.contains(tx));
  }
  std::vector<TxRef> members;
  set.each([&](TxRef t) { members.push_back(t); });
  EXPECT_TRUE(std::equal(members.begin(), members.end(), twin.begin(), twin.end()));
  EXPECT_LT(set.memory(), base / 8 / 4) << "the window slides: it does not keep room for all that ever was";
}

// What an output is worth and whether it exists for a node, the slow way: along the chain from the genesis block.
struct View {
  std::set<OutPoint> unspent;
  std::set<Hash256> confirmed;
};
View view_of(const BlockPool& pool, BlockRef tip) {
  std::vector<BlockRef> chain;
  for (BlockRef b = tip; b.valid(); b = pool.headers.parent(b)) chain.push_back(b);
  View view;
  for (auto b = chain.rbegin(); b != chain.rend(); ++b) {
    for (const TxRef tx : pool.bodies.list(pool.state.body(*b))) {
      const Transaction& t = pool.transactions.transaction(tx);
      for (const Input& in : t.inputs) view.unspent.erase(in.spends);
      for (std::uint32_t i = 0; i < t.outputs.size(); ++i) view.unspent.insert({pool.transactions.id(tx), i});
      view.confirmed.insert(pool.transactions.id(tx));
    }
  }
  return view;
}

// The largest subset of `candidates` that can stand together: drop what has no input until nothing changes.
std::set<TxRef> closure(const BlockPool& pool, BlockRef tip, std::set<TxRef> candidates) {
  const View view = view_of(pool, tip);
  bool more = true;
  while (more) {
    more = false;
    for (auto tx = candidates.begin(); tx != candidates.end();) {
      bool good = !view.confirmed.contains(pool.transactions.id(*tx));
      for (const Input& in : pool.transactions.transaction(*tx).inputs) {
        const TxRef maker = pool.transactions.find(in.spends.txid);
        good = good && (view.unspent.contains(in.spends) || candidates.contains(maker));
      }
      more = more || !good;
      tx = good ? std::next(tx) : candidates.erase(tx);
    }
  }
  return candidates;
}

std::set<TxRef> members(const Mempool& mempool) {
  std::set<TxRef> all;
  mempool.set().each([&](TxRef tx) { all.insert(tx); });
  return all;
}

TEST(Mempool, HoldsWhatAStupidRecomputationHoldsThroughBlocksAndReorganisations) {
  Stream s(2, purpose("test mempool"));
  int reorganisations = 0;
  int dropped = 0;
  for (int round = 0; round < 25; ++round) {
    Workshop w;
    std::vector<BlockRef> recent{w.pool.genesis()};
    for (int step = 0; step < 80; ++step) {
      if (s.chance(0.7)) {
        const TxRef tx = w.add(random_payment(w, s));
        const std::set<TxRef> before = members(w.mempool);
        const Verdict verdict = w.mempool.add(tx, w.tree.tip()).verdict;
        bool rival = false;
        for (const TxRef other : before) {
          if (w.pool.transactions.transaction(other).inputs[0].spends ==
              w.pool.transactions.transaction(tx).inputs[0].spends) {
            rival = true;
          }
        }
        std::set<TxRef> with = before;
        with.insert(tx);
        const bool possible = closure(w.pool, w.tree.tip(), with).contains(tx);
        EXPECT_EQ(verdict == Verdict::ok, possible && !rival) << name(verdict);
        continue;
      }
      // A block by somebody: from the mempool, from rivals of it, or empty; on the tip or a little below.
      const std::uint64_t back = s.below(std::min<std::size_t>(recent.size(), 3));
      const BlockRef parent = recent[recent.size() - 1 - back];
      std::vector<TxRef> list;
      if (parent == w.tree.tip() && s.chance(0.7)) {
        list = w.mempool.select(3000);
      } else {
        const View view = view_of(w.pool, parent);
        const Transaction rival = random_payment(w, s);
        if (view.unspent.contains(rival.inputs[0].spends)) list.push_back(w.add(rival));
      }
      Workshop::Bend bend;
      bend.extra = static_cast<std::uint32_t>(step);
      const Block block = w.block(parent, list, bend);
      const std::set<TxRef> before = members(w.mempool);
      ASSERT_TRUE(w.tree.offer_header(block.header, Time::zero()).ok());
      const BlockTree::Outcome outcome = w.tree.offer_body(block.header, block.body, w.mempool.set());
      ASSERT_EQ(outcome.verdict, Verdict::ok);
      recent.push_back(block.header);
      std::set<TxRef> candidates = before;
      for (const BlockRef d : outcome.disconnected) {
        for (const TxRef tx : w.pool.bodies.list(w.pool.state.body(d)).subspan(1)) candidates.insert(tx);
      }
      if (!outcome.disconnected.empty()) ++reorganisations;
      if (outcome.moved()) w.mempool.moved(w.tree.tip(), outcome.disconnected, outcome.connected);
      const std::set<TxRef> wanted = closure(w.pool, w.tree.tip(), candidates);
      EXPECT_EQ(members(w.mempool), wanted);
      dropped += static_cast<int>(candidates.size() - wanted.size());
      std::uint64_t bytes = 0;
      for (const TxRef tx : members(w.mempool)) bytes += w.pool.transactions.wire_size(tx);
      EXPECT_EQ(w.mempool.bytes(), bytes);
    }
  }
  EXPECT_GT(reorganisations, 10);
  EXPECT_GT(dropped, 50);
}

TEST(Mempool, ABundleInOneStepIsTheSameAsOneByOne) {
  Stream s(4, purpose("test mempool"));
  int taken = 0;
  int left_alone = 0;
  for (int round = 0; round < 30; ++round) {
    Workshop w;
    std::vector<TxRef> all;
    for (int i = 0; i < 30; ++i) all.push_back(w.add(random_payment(w, s)));
    for (const TxRef tx : all) (void)w.mempool.add(tx, w.tree.tip());  // another node has judged what it could
    const Mempool empty(w.pool, s.chance(0.8) ? 1'000'000 : 1'500);
    Mempool before = empty;
    for (const TxRef tx : all) {
      if (s.chance(0.1)) (void)before.add(tx, w.tree.tip());
    }
    for (int bundle = 0; bundle < 30; ++bundle) {
      std::vector<TxRef> list;
      TxSet set;
      std::uint64_t bytes = 0;
      const double share = s.uniform() * s.uniform();
      for (const TxRef tx : all) {
        if (!s.chance(share) || !set.add(tx)) continue;
        list.push_back(tx);
        bytes += w.pool.transactions.wire_size(tx);
      }
      TxMask mask;
      set.each_word([&](MaskWord m) { mask.push_back(m); });
      Mempool together = before;
      const std::optional<Effort> effort = together.add_together(list, mask, bytes, w.tree.tip());
      if (!effort) {
        EXPECT_EQ(members(together), members(before));
        EXPECT_EQ(together.bytes(), before.bytes());
        ++left_alone;
        continue;
      }
      ++taken;
      Mempool one_by_one = before;
      Effort sum;
      for (const TxRef tx : list) {
        const Judged judged = one_by_one.add(tx, w.tree.tip());
        EXPECT_EQ(judged.verdict, Verdict::ok);
        sum += judged.effort;
      }
      EXPECT_EQ(members(together), members(one_by_one));
      EXPECT_EQ(together.bytes(), one_by_one.bytes());
      EXPECT_EQ(effort->signatures, sum.signatures);
      EXPECT_EQ(effort->state_steps, sum.state_steps);
      EXPECT_EQ(effort->bytes_hashed, sum.bytes_hashed);
      EXPECT_EQ(effort->headers, sum.headers);
    }
  }
  EXPECT_GT(taken, 100);
  EXPECT_GT(left_alone, 100);
}

TEST(Mempool, SelectsAgainAndAgainTheBestPayingThatFitsAndIsReady) {
  Stream s(3, purpose("test mempool"));
  for (int round = 0; round < 40; ++round) {
    Workshop w;
    for (int i = 0; i < 40; ++i) (void)w.mempool.add(w.add(random_payment(w, s)), w.tree.tip());
    const std::uint64_t room = s.below(6000);
    // The twin: look at all of them each time.
    std::vector<TxRef> wanted;
    std::set<TxRef> left = members(w.mempool);
    std::set<TxRef> refused;
    std::uint64_t free = room;
    while (true) {
      TxRef best;
      for (const TxRef tx : left) {
        const bool waits = std::any_of(w.pool.transactions.transaction(tx).inputs.begin(),
                                       w.pool.transactions.transaction(tx).inputs.end(), [&](const Input& in) {
                                         const TxRef maker = w.pool.transactions.find(in.spends.txid);
                                         return left.contains(maker) || refused.contains(maker);
                                       });
        if (!waits && (!best.valid() || w.pool.transactions.pays_better(tx, best))) best = tx;
      }
      if (!best.valid()) break;
      left.erase(best);
      if (w.pool.transactions.wire_size(best) > free) {
        refused.insert(best);
        continue;
      }
      free -= w.pool.transactions.wire_size(best);
      wanted.push_back(best);
    }
    EXPECT_EQ(w.mempool.select(room), wanted);
    Assembly from;
    from.tip = w.tree.tip();
    from.owner = user(0).public_key();
    from.size_limit = 4000;
    const Assembled made = assemble_block(w.pool, w.mempool, from);
    EXPECT_LE(w.pool.bodies.block_size(made.block.body), 4000U);
    EXPECT_EQ(w.offer(made.block), Verdict::ok) << "what is selected makes a valid block";
  }
}

TEST(Mempool, EvictsByFeeRateThenIdWithAllThatDepends) {
  Stream s(4, purpose("test mempool"));
  for (int round = 0; round < 30; ++round) {
    Workshop w;
    Mempool small(w.pool, 4000);
    for (int i = 0; i < 60; ++i) {
      const TxRef tx = w.add(random_payment(w, s));
      std::set<TxRef> twin = members(small);
      const Judged judged = small.add(tx, w.tree.tip());
      if (!judged.ok() && judged.verdict != Verdict::mempool_full) {
        EXPECT_EQ(members(small), twin);
        continue;
      }
      twin.insert(tx);
      const auto bytes = [&] {
        std::uint64_t sum = 0;
        for (const TxRef t : twin) sum += w.pool.transactions.wire_size(t);
        return sum;
      };
      if (bytes() > 4000) {
        while (bytes() > 3750) {
          const TxRef worst = *std::max_element(
              twin.begin(), twin.end(), [&](TxRef a, TxRef b) { return w.pool.transactions.pays_better(a, b); });
          twin.erase(worst);
          twin = closure(w.pool, w.tree.tip(), twin);
        }
      }
      EXPECT_EQ(members(small), twin);
      EXPECT_EQ(judged.ok(), twin.contains(tx));
    }
  }
}

TEST(Mempool, DropsARecordThatSomeoneElsesBlockPublishes) {
  Workshop w;
  const Content text = stored_content(expand(1, 10));
  const TxRef mine = w.add(Workshop::publish(w.coin(0, 0), 0, 7, text));
  const TxRef theirs = w.add(Workshop::publish(w.coin(0, 1), 0, 7, text));
  ASSERT_EQ(w.mempool.add(mine, w.tree.tip()).verdict, Verdict::ok);
  ASSERT_EQ(w.extend({theirs}), Verdict::ok);
  EXPECT_TRUE(w.mempool.set().empty());
}

TEST(Mempool, DropsWhatSpendsARewardThatAReorganisationTookAway) {
  Workshop w;
  std::vector<Block> chain;
  for (int i = 0; i < 3; ++i) {
    chain.push_back(w.block(w.tree.tip(), {}));
    ASSERT_EQ(w.offer(chain.back()), Verdict::ok);
  }
  const TxRef reward = w.pool.bodies.list(chain[0].body)[0];
  const TxRef spends = w.add(Workshop::pay(w.spend(reward, 0, 3), 1, 50));
  ASSERT_EQ(w.mempool.add(spends, w.tree.tip()).verdict, Verdict::ok);
  BlockRef other = w.pool.genesis();
  for (std::uint32_t i = 0; i < 4; ++i) {
    Workshop::Bend bend;
    bend.extra = 9;
    const Block b = w.block(other, {}, bend);
    ASSERT_EQ(w.offer(b), Verdict::ok);
    other = b.header;
  }
  ASSERT_EQ(w.tree.tip(), other);
  EXPECT_TRUE(w.mempool.set().empty());
}

}  // namespace
}  // namespace peerlab
