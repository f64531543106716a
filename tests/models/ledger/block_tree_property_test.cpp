// A node's tree of blocks against the stupid way: after every arrival, look at everything again from the beginning.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "models/base/random.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::Workshop;

// The twin keeps what came, in order, and recomputes the tip from that alone.
class Twin {
 public:
  explicit Twin(const BlockPool& pool, const std::map<BlockRef, Verdict>& truth) : pool_(pool), truth_(truth) {
    first_complete_.push_back(pool.genesis());
  }
  void header(BlockRef b) { headers_.push_back(b); }
  void body(BlockRef b) {
    bodies_.push_back(b);
    bool more = true;
    while (more) {
      more = false;
      for (const BlockRef x : bodies_) {
        if (is_complete(x) || !has(headers_, x) || !is_complete(pool_.headers.parent(x))) continue;
        first_complete_.push_back(x);
        more = true;
      }
    }
  }
  [[nodiscard]] BlockRef tip() const {
    BlockRef best = pool_.genesis();
    for (const BlockRef b : first_complete_) {
      if (chain_valid(b) && pool_.headers.work(b) > pool_.headers.work(best)) best = b;
    }
    return best;
  }
  [[nodiscard]] bool has_body(BlockRef b) const { return has(bodies_, b); }
  [[nodiscard]] bool has_header(BlockRef b) const { return has(headers_, b); }

 private:
  static bool has(const std::vector<BlockRef>& list, BlockRef b) {
    return std::find(list.begin(), list.end(), b) != list.end();
  }
  [[nodiscard]] bool is_complete(BlockRef b) const { return has(first_complete_, b); }
  [[nodiscard]] bool chain_valid(BlockRef b) const {
    for (; b != pool_.genesis(); b = pool_.headers.parent(b)) {
      if (truth_.at(b) != Verdict::ok) return false;
    }
    return true;
  }
  const BlockPool& pool_;
  const std::map<BlockRef, Verdict>& truth_;
  std::vector<BlockRef> headers_;
  std::vector<BlockRef> bodies_;
  std::vector<BlockRef> first_complete_;
};

// A random tree of blocks in the workshop's pool, some of them with an inflated coinbase or a double spend.
std::vector<Block> random_blocks(Workshop& w, Stream& s, std::map<BlockRef, Verdict>& truth, int count) {
  std::vector<Block> blocks{{w.pool.genesis(), w.pool.state.body(w.pool.genesis())}};
  const TxRef twice = w.add(Workshop::pay(w.coin(0, 0), 1, 1000));
  const TxRef again = w.add(Workshop::pay(w.coin(0, 0), 2, 1000));
  for (int i = 0; i < count; ++i) {
    const std::uint64_t back = s.below(std::min<std::size_t>(blocks.size(), 5));
    const BlockRef parent = blocks[blocks.size() - 1 - back].header;
    Workshop::Bend bend;
    bend.extra = static_cast<std::uint32_t>(i);
    const double kind = s.uniform();
    if (kind < 0.1) bend.coinbase = [](Transaction& tx) { tx.outputs[0].amount = 51; };
    const Block block = kind > 0.1 && kind < 0.15 ? w.block(parent, {twice, again}, bend) : w.block(parent, {}, bend);
    truth[block.header] = kind < 0.1    ? Verdict::inflated_coinbase
                          : kind < 0.15 ? Verdict::double_spend_in_block
                                        : Verdict::ok;
    blocks.push_back(block);
  }
  blocks.erase(blocks.begin());
  return blocks;
}

TEST(BlockTree, StandsWhereAStupidRecomputationStandsWhateverTheOrderOfArrival) {
  Stream s(1, purpose("test block tree"));
  int reorganisations = 0;
  int refused = 0;
  for (int round = 0; round < 60; ++round) {
    Workshop w;
    std::map<BlockRef, Verdict> truth;
    const std::vector<Block> blocks = random_blocks(w, s, truth, 25);
    // Headers in order or shuffled a little, bodies anywhere after their header.
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < blocks.size(); ++i) order.push_back(i);
    if (s.chance(0.5)) s.shuffle(order);
    for (int node = 0; node < 3; ++node) {
      BlockTree tree(w.pool);
      Twin twin(w.pool, truth);
      const TxSet nothing;
      std::vector<std::size_t> headers_left = order;
      std::vector<std::size_t> bodies_left;
      BlockRef tip = tree.tip();
      while (!headers_left.empty() || !bodies_left.empty()) {
        const bool take_header = !headers_left.empty() && (bodies_left.empty() || s.chance(0.5));
        if (take_header) {
          const Block& b = blocks[headers_left.front()];
          const Judged judged = tree.offer_header(b.header, Time::zero());
          const bool waits = judged.verdict == Verdict::unknown_previous;
          EXPECT_TRUE(judged.ok() || waits || judged.verdict == Verdict::previous_invalid) << name(judged.verdict);
          bodies_left.push_back(headers_left.front());
          headers_left.erase(headers_left.begin());
          // The twin is told of a header when its chain is there.
          for (const Block& each : blocks) {
            if (tree.have_header(each.header) && !twin.has_header(each.header)) twin.header(each.header);
          }
          continue;
        }
        const std::uint64_t pick = s.below(bodies_left.size());
        const Block& b = blocks[bodies_left[pick]];
        bodies_left.erase(bodies_left.begin() + static_cast<std::ptrdiff_t>(pick));
        const BlockTree::Outcome outcome = tree.offer_body(b.header, b.body, nothing);
        for (const BlockTree::Refused& r : outcome.refused) {
          EXPECT_EQ(r.verdict, truth.at(r.block));
          ++refused;
        }
        twin.body(b.header);
        EXPECT_EQ(tree.tip(), twin.tip());
        // The lists lead from the old tip to the new one.
        BlockRef at = tip;
        for (const BlockRef d : outcome.disconnected) {
          EXPECT_EQ(d, at);
          at = w.pool.headers.parent(d);
        }
        for (const BlockRef c : outcome.connected) {
          EXPECT_EQ(w.pool.headers.parent(c), at);
          at = c;
        }
        EXPECT_EQ(at, tree.tip());
        if (!outcome.disconnected.empty()) ++reorganisations;
        tip = tree.tip();
      }
      EXPECT_GE(w.pool.headers.work(tree.best_header()), w.pool.headers.work(tree.tip()));
      EXPECT_FALSE(tree.invalid(tree.best_header()));
    }
  }
  EXPECT_GT(reorganisations, 20);
  EXPECT_GT(refused, 20);
}

TEST(BlockTree, APrivatePoolAndASharedOneGiveTheSameAnswersAndTheSameCharges) {
  Stream s(2, purpose("test block tree"));
  for (int round = 0; round < 30; ++round) {
    Workshop shared;
    std::map<BlockRef, Verdict> truth;
    const std::vector<Block> blocks = random_blocks(shared, s, truth, 20);
    // Others have judged everything in the shared pool already.
    BlockTree other(shared.pool);
    const TxSet nothing;
    for (const Block& b : blocks) {
      (void)other.offer_header(b.header, Time::zero());
      (void)other.offer_body(b.header, b.body, nothing);
    }
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < blocks.size(); ++i) order.push_back(i);
    s.shuffle(order);
    Workshop own;
    for (const std::size_t i : order) {
      Bytes bytes;
      Writer out(bytes);
      encode_block(shared.pool, blocks[i], out);
      Reader in(bytes);
      const Block mine = *decode_block(own.pool, in);
      const Judged a = shared.tree.offer_header(blocks[i].header, Time::zero());
      const Judged b = own.tree.offer_header(mine.header, Time::zero());
      EXPECT_EQ(a, b) << name(a.verdict) << " " << name(b.verdict);
      const BlockTree::Outcome x = shared.tree.offer_body(blocks[i].header, blocks[i].body, nothing);
      const BlockTree::Outcome y = own.tree.offer_body(mine.header, mine.body, nothing);
      EXPECT_EQ(x.verdict, y.verdict);
      EXPECT_EQ(x.effort, y.effort);
      EXPECT_EQ(x.connected.size(), y.connected.size());
      EXPECT_EQ(x.disconnected.size(), y.disconnected.size());
      EXPECT_EQ(shared.pool.headers.id(shared.tree.tip()), own.pool.headers.id(own.tree.tip()));
      EXPECT_EQ(shared.pool.headers.id(shared.tree.best_header()), own.pool.headers.id(own.tree.best_header()));
      EXPECT_EQ(shared.pool.state.digest(shared.tree.tip()), own.pool.state.digest(own.tree.tip()));
    }
  }
}

}  // namespace
}  // namespace peerlab
