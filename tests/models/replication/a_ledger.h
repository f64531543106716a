// A small real ledger for tests of replication: users with coins, transactions of all kinds, blocks.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <vector>

#include "models/ledger/assembly.h"
#include "models/ledger/block.h"
#include "models/ledger/mempool.h"
#include "models/ledger/pool.h"

namespace peerlab {

struct ALedger {
  explicit ALedger(std::uint32_t users = 4, std::uint32_t coins = 50) {
    Genesis genesis;
    for (std::uint32_t u = 0; u < users; ++u) {
      keys.push_back(KeyPair::derive(9, u));
      genesis.allotments.push_back({keys.back().public_key(), 1'000'000, coins});
    }
    make = [genesis] { return std::make_unique<BlockPool>(Rules{}, genesis); };
    pool = make();
    mempool = std::make_unique<Mempool>(*pool, 100'000'000);
    tip = pool->genesis();
  }
  /// A valid payment that spends coin `coin` of `user`; a publication when it gets content.
  TxRef spend(std::uint32_t user, std::uint32_t coin, const Content& content = {}) {
    const TxRef first = pool->bodies.list(pool->state.body(pool->genesis()))[0];
    const std::uint32_t per_user =
        static_cast<std::uint32_t>(pool->transactions.transaction(first).outputs.size() / keys.size());
    Transaction tx;
    tx.number = coin;
    tx.inputs.push_back({{pool->transactions.id(first), user * per_user + coin}, keys[user].public_key(), {}});
    if (content.size() > 0) {
      tx.kind = TransactionKind::publish;
      tx.outputs.push_back({0, keys[user].public_key(),
                            Record{coin, commitment(content), static_cast<std::uint32_t>(content.size()), false}});
      tx.enclosures.push_back({0, content});
    }
    tx.outputs.push_back({900'000, keys[(user + 1) % keys.size()].public_key(), std::nullopt});
    sign_inputs(tx, keys[user]);
    return pool->transactions.intern(std::move(tx));
  }
  /// The next block on the tip, from the mempool, judged.
  Block mine(std::uint32_t fill_to = 0) {
    Assembly from;
    from.tip = tip;
    from.owner = keys[0].public_key();
    from.now = Time::zero() + seconds(600 * (pool->headers.height(tip) + 1));
    from.fill_to = fill_to;
    const Block block = assemble_block(*pool, *mempool, from).block;
    EXPECT_TRUE(pool->headers.judge(block.header).ok());
    EXPECT_TRUE(pool->state.judge(block.header).ok());
    return block;
  }

  std::vector<KeyPair> keys;
  std::function<std::unique_ptr<BlockPool>()> make;
  std::unique_ptr<BlockPool> pool;
  std::unique_ptr<Mempool> mempool;
  BlockRef tip;
};

}  // namespace peerlab
