// One copy of the state for all tips, against the stupid way: a set of unspent outputs per block, copied from its
// parent.

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "models/base/random.h"
#include "models/crypto/expand.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::user;
using workshop::Workshop;

struct Unspent {
  std::set<OutPoint> points;
  std::set<Hash256> confirmed;
};

void apply(const BlockPool& pool, BlockRef block, Unspent& state) {
  for (const TxRef tx : pool.bodies.list(pool.state.body(block))) {
    const Transaction& t = pool.transactions.transaction(tx);
    for (const Input& in : t.inputs) state.points.erase(in.spends);
    for (std::uint32_t i = 0; i < t.outputs.size(); ++i) state.points.insert({pool.transactions.id(tx), i});
    state.confirmed.insert(pool.transactions.id(tx));
  }
}

// A random transaction over outputs that exist somewhere: mostly valid, sometimes a double spend or of another branch.
Transaction random_spend(Workshop& w, Stream& s) {
  const auto total = static_cast<std::uint32_t>(w.pool.transactions.size());
  TxRef from = s.chance(0.5) ? TxRef(0) : TxRef::of(s.below(total));
  if (w.pool.transactions.kind(from) == TransactionKind::coinbase) from = TxRef(0);
  const Transaction& t = w.pool.transactions.transaction(from);
  const std::uint64_t index = s.below(t.outputs.size());
  const Output& spent = t.outputs[index];
  const std::uint64_t to = s.below(4);
  Transaction tx;
  tx.kind = TransactionKind::pay;
  tx.inputs.push_back({{w.pool.transactions.id(from), static_cast<std::uint32_t>(index)}, spent.owner, {}});
  const std::uint64_t fee = s.below(5);
  const std::uint64_t rest = spent.amount > fee ? spent.amount - fee : 0;
  tx.outputs.push_back({rest / 2, user(static_cast<std::uint32_t>(to)).public_key(), std::nullopt});
  tx.outputs.push_back({rest - rest / 2, spent.owner, std::nullopt});
  return Workshop::sign(tx);
}

// What wallets look through leaves out nothing that is unspent; true when it leaves out anything at all.
bool leaves_out_the_spent(const Workshop& w, BlockRef tip, std::uint32_t owner) {
  const PublicKey& key = user(owner).public_key();
  const std::span<const OutputRef> live = w.pool.live.of(key, tip);
  const std::span<const OutputRef> all = w.pool.transactions.outputs_of(key);
  const std::set<OutputRef> kept(live.begin(), live.end());
  EXPECT_EQ(kept.size(), live.size());
  for (const OutputRef out : all) {
    const bool needed =
        w.pool.state.unspent_at(tip, out) || !w.pool.state.contains(tip, w.pool.transactions.maker(out));
    EXPECT_TRUE(kept.contains(out) || !needed);
  }
  return live.size() < all.size();
}

TEST(ChainState, KnowsWhatIsUnspentAtEveryTipOfARandomTree) {
  Stream s(1, purpose("test state"));
  int shortened = 0;
  for (int round = 0; round < 6; ++round) {
    Workshop w;
    std::map<BlockRef, Unspent> slow;
    apply(w.pool, w.pool.genesis(), slow[w.pool.genesis()]);
    std::vector<BlockRef> valid{w.pool.genesis()};
    std::vector<TxRef> known;
    int refused = 0;
    for (int i = 0; i < 60; ++i) {
      const std::uint64_t fresh = 1 + s.below(4);
      for (std::uint64_t k = 0; k < fresh; ++k) known.push_back(w.add(random_spend(w, s)));
      const std::uint64_t back = s.below(std::min<std::size_t>(valid.size(), 4));
      const BlockRef parent = valid[valid.size() - 1 - back];
      // A block of what the slow state admits, and now and then one transaction more.
      Unspent state = slow[parent];
      std::vector<TxRef> list;
      for (const TxRef tx : known) {
        const Transaction& t = w.pool.transactions.transaction(tx);
        if (!state.points.contains(t.inputs[0].spends) || s.chance(0.4)) continue;
        list.push_back(tx);
        state.points.erase(t.inputs[0].spends);
        for (std::uint32_t o = 0; o < t.outputs.size(); ++o) state.points.insert({w.pool.transactions.id(tx), o});
      }
      const bool spoil = s.chance(0.3);
      Verdict wanted = Verdict::ok;
      if (spoil) {
        const TxRef extra = known[s.below(known.size())];
        const Transaction& t = w.pool.transactions.transaction(extra);
        if (!list.empty() && list.back() == extra) continue;  // that list would be mutated: another rule's business
        if (!state.points.contains(t.inputs[0].spends)) wanted = Verdict::double_spend;  // or another refusal
        list.push_back(extra);
      }
      const Block block = w.block(parent, list);
      (void)w.tree.offer_header(block.header, Time::zero());
      ASSERT_EQ(w.pool.state.bind(block.header, block.body).verdict, Verdict::ok);
      const Judged judged = w.pool.state.judge(block.header);
      EXPECT_EQ(judged.ok(), wanted == Verdict::ok) << name(judged.verdict);
      EXPECT_EQ(w.pool.state.judge(block.header), judged) << "remembered, and charged the same";
      if (!judged.ok()) {
        ++refused;
        continue;
      }
      slow[block.header] = slow[parent];
      apply(w.pool, block.header, slow[block.header]);
      valid.push_back(block.header);
      for (std::uint32_t owner = 0; owner < 4; ++owner) {
        shortened += leaves_out_the_spent(w, valid.back(), owner) ? 1 : 0;
        (void)leaves_out_the_spent(w, valid[valid.size() / 2], owner);
      }
    }
    EXPECT_GT(refused, 0);
    for (const auto& [tip, state] : slow) {
      std::set<OutPoint> points;
      for (TxRef tx(0); tx.index() < w.pool.transactions.size(); ++tx.value) {
        EXPECT_EQ(w.pool.state.contains(tip, tx), state.confirmed.contains(w.pool.transactions.id(tx)));
        for (std::uint32_t i = 0; i < w.pool.transactions.transaction(tx).outputs.size(); ++i) {
          const OutputRef out = w.pool.transactions.output_at({w.pool.transactions.id(tx), i});
          if (w.pool.state.unspent_at(tip, out)) points.insert(w.pool.transactions.point(out));
        }
      }
      EXPECT_EQ(points, state.points);
    }
    // Equal sets, equal digests; different sets, different digests.
    for (const auto& [a, state_a] : slow) {
      for (const auto& [b, state_b] : slow) {
        EXPECT_EQ(w.pool.state.digest(a) == w.pool.state.digest(b), state_a.points == state_b.points);
      }
    }
  }
  EXPECT_GT(shortened, 0);
}

TEST(ChainState, TheDigestDoesNotDependOnTheOrderOfTransactions) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 1000));
  const TxRef b = w.add(Workshop::pay(w.coin(1, 0), 2, 1000));
  const Block ab = w.block(w.pool.genesis(), {a, b});
  const Block ba = w.block(w.pool.genesis(), {b, a});
  ASSERT_NE(ab.header, ba.header);
  ASSERT_EQ(w.offer(ab), Verdict::ok);
  ASSERT_EQ(w.offer(ba), Verdict::ok);
  ASSERT_EQ(w.pool.state.judge(ba.header).verdict, Verdict::ok);
  EXPECT_EQ(w.pool.state.digest(ab.header), w.pool.state.digest(ba.header));
  EXPECT_NE(w.pool.state.digest(ab.header), w.pool.state.digest(w.pool.genesis()));
}

TEST(ChainState, ChargesABodyOnceAndNotForWhatWasCheckedBefore) {
  Workshop w;
  const TxRef a = w.add(Workshop::pay(w.coin(0, 0), 1, 1000));
  const TxRef b = w.add(Workshop::publish(w.coin(1, 0), 1, 5, stored_content(expand(1, 500))));
  const Block block = w.block(w.pool.genesis(), {a, b});
  ASSERT_EQ(w.offer(block), Verdict::ok);
  const TxSet nothing;
  const Effort all = w.pool.state.effort_of_body(block.header, nothing);
  EXPECT_EQ(all.signatures, 2U);
  const TxRef coinbase = w.pool.bodies.list(block.body)[0];
  std::uint64_t bytes = 500;
  for (const TxRef tx : {coinbase, a, b}) bytes += w.pool.transactions.wire_size(tx);
  EXPECT_EQ(all.bytes_hashed, bytes);
  TxSet known;
  known.add(b);
  const Effort rest = w.pool.state.effort_of_body(block.header, known);
  EXPECT_EQ(rest.signatures, 1U);
  EXPECT_EQ(rest.bytes_hashed, bytes - 500 - w.pool.transactions.wire_size(b));
  known.add(a);
  EXPECT_EQ(w.pool.state.effort_of_body(block.header, known), w.pool.transactions.effort(coinbase));
  // Inputs looked up 2, the record's name 1, outputs made 1 + 1 + 1.
  EXPECT_EQ(w.pool.state.judge(block.header).effort.state_steps, 2U + 1 + 3);
}

TEST(ChainState, ResolvesInputsWhoseTransactionComesLater) {
  Workshop here;
  const Transaction first = Workshop::pay(here.coin(0, 0), 1, 900);
  const TxRef a = here.add(first);
  const Transaction second = Workshop::pay(here.spend(a, 0, 1), 2, 800);
  Workshop there;
  const TxRef late = there.add(second);
  EXPECT_FALSE(there.pool.transactions.spent_by(late, 0).valid());
  EXPECT_EQ(there.mempool.add(late, there.tree.tip()).verdict, Verdict::unknown_output);
  const TxRef early = there.add(first);
  EXPECT_TRUE(there.pool.transactions.spent_by(late, 0).valid());
  EXPECT_EQ(there.mempool.add(late, there.tree.tip()).verdict, Verdict::unknown_output)
      << "known to the pool, not to this node";
  EXPECT_EQ(there.mempool.add(early, there.tree.tip()).verdict, Verdict::ok);
  EXPECT_EQ(there.mempool.add(late, there.tree.tip()).verdict, Verdict::ok);
}

}  // namespace
}  // namespace peerlab
