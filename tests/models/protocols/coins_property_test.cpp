// One coin of a user against the list of all his coins.
#include "models/protocols/coins.h"

#include <gtest/gtest.h>

#include <vector>

#include "models/base/random.h"
#include "tests/models/ledger/workshop.h"

namespace peerlab {
namespace {

using workshop::random_payment;
using workshop::user;
using workshop::Workshop;

TEST(Coins, TheFirstConfirmedOneIsTheFirstOfTheList) {
  Stream s(8, purpose("test coins"));
  int found = 0;
  for (int round = 0; round < 20; ++round) {
    Workshop w;
    for (int step = 0; step < 40; ++step) {
      if (s.chance(0.8)) {
        (void)w.mempool.add(w.add(random_payment(w, s)), w.tree.tip());
      } else {
        const Block block = w.block(w.tree.tip(), w.mempool.select(3000));
        ASSERT_TRUE(w.tree.offer_header(block.header, Time::zero()).ok());
        const BlockTree::Outcome outcome = w.tree.offer_body(block.header, block.body, w.mempool.set());
        w.mempool.moved(w.tree.tip(), outcome.disconnected, outcome.connected);
      }
      const PublicKey& owner = user(static_cast<std::uint32_t>(s.below(3))).public_key();
      const std::uint64_t more_than = s.below(3) * 300;
      const std::uint64_t odd = s.below(2);
      const auto accepts = [&](OutputRef out) { return (w.pool.transactions.point(out).txid.low64() & 1) >= odd; };
      std::optional<Coin> twin;
      for (const Coin& coin : spendable_coins(w.pool, w.tree.tip(), w.mempool, owner)) {
        const OutputRef out = w.pool.transactions.output_at(coin.point);
        if (coin.amount <= more_than || !w.pool.state.unspent_at(w.tree.tip(), out) || !accepts(out)) continue;
        twin = coin;
        break;
      }
      EXPECT_EQ(first_confirmed_coin(w.pool, w.tree.tip(), w.mempool, owner, more_than, accepts), twin);
      found += twin ? 1 : 0;
    }
  }
  EXPECT_GT(found, 100);
}

}  // namespace
}  // namespace peerlab
