// A few peers on a table, the first of them an attacker by mining, and a lottery that is drawn by hand: the winner by hash share.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/attacks/rows.h"
#include "models/node/attempt.h"
#include "tests/support/tabletop.h"

namespace peerlab {

class MiningTable {
 public:
  using Settings = std::vector<std::pair<std::string, std::string>>;
  struct Options {
    std::uint32_t nodes = 4;
    Settings set;     ///< of the protocol
    Settings attack;  ///< of the attack
    std::vector<NodeId> victims;
    Duration latency = milliseconds(10);
    bool private_pools = false;
    std::uint64_t seed = 1;
  };

  MiningTable(const AttackRow& row, Options options)
      : options_(std::move(options)),
        params_(Params::defaults(row.fields())),
        chance_(options_.seed, purpose("winner")) {
    for (const auto& [name, text] : options_.attack) EXPECT_EQ(params_.set(name, text), "");
    if (row.check != nullptr) {
      EXPECT_EQ(row.check(params_, hours(1'000'000)), "");
    }
    Table::Options o;
    o.nodes = options_.nodes;
    o.start = false;
    o.set = options_.set;
    o.latency = options_.latency;
    o.seed = options_.seed;
    o.private_pools = options_.private_pools;
    table_ = std::make_unique<Table>(o);
    table_->system().note_attackers(std::vector<NodeId>{NodeId(0)});
    static const std::vector<NodeId> attackers{NodeId(0)};
    table_->wrap(0, [&](std::unique_ptr<Node> honest, const Home& home) {
      return row.wrap(std::move(honest), {home, params_, attackers, options_.victims});
    });
    table_->start();
  }

  Table& table() { return *table_; }
  /// The attacker finds a block, or honest node n does; then everybody hears of what is told.
  void attacker() { win(0); }
  void honest(std::uint32_t n = 1) { win(n); }
  /// The next block is found: by the attacker with his share of the hash power, after a time that is exponential around `mean`.
  void block(Duration mean = seconds(600)) {
    const double wait = chance_.exponential();
    const double who = chance_.uniform();
    const std::uint64_t other = chance_.below(options_.nodes - 1);
    table_->run(Duration::from_seconds(mean.seconds() * wait));
    const bool his = who < params_.share("hash_share");
    table_->win(his ? 0 : 1 + static_cast<std::uint32_t>(other));
  }
  void blocks(std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) block();
    table_->run(seconds(60));
  }

  /// Main chain of honest node 1, without genesis, from the tip down.
  [[nodiscard]] std::vector<BlockRef> main_chain() {
    std::vector<BlockRef> chain;
    const HeaderTree& headers = table_->pool(1).headers;
    for (BlockRef b = table_->replica(1).tree.tip(); b != headers.genesis(); b = headers.parent(b)) chain.push_back(b);
    return chain;
  }
  [[nodiscard]] bool is_his(BlockRef b) {
    BlockPool& pool = table_->pool(1);
    const TxRef coinbase = pool.bodies.list(pool.state.body(b)).front();
    return pool.transactions.transaction(coinbase).outputs.front().owner ==
           KeyPair::derive(options_.seed, 0).public_key();
  }
  /// The attacker's part of the main chain.
  [[nodiscard]] double revenue() {
    const std::vector<BlockRef> chain = main_chain();
    std::size_t his = 0;
    for (const BlockRef b : chain) his += is_his(b) ? 1 : 0;
    return static_cast<double>(his) / static_cast<double>(chain.size());
  }
  /// Attempts that ended, and how many of them with a block in the main chain.
  struct Attempts {
    std::size_t ended = 0;
    std::size_t won = 0;
  };
  [[nodiscard]] Attempts attempts() {
    Attempts out;
    const HeaderTree& headers = table_->pool(1).headers;
    std::vector<std::uint64_t> names;
    for (const BlockRef b : main_chain()) names.push_back(headers.name(b));
    std::sort(names.begin(), names.end());
    for (const Table::Told& told : table_->told()) {
      if (told.what.kind != happened::attempt_ended) continue;
      ++out.ended;
      out.won += told.what.amount == 1 && std::binary_search(names.begin(), names.end(), told.what.detail) ? 1 : 0;
    }
    return out;
  }

 private:
  void win(std::uint32_t n) {
    table_->run(seconds(600));
    table_->win(n);
    table_->run(seconds(30));
  }

  Options options_;
  Params params_;
  Stream chance_;
  std::unique_ptr<Table> table_;
};

}  // namespace peerlab
