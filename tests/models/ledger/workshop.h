// A small chain to break rules on: four users with coins, a pool, and tools to make transactions and blocks, right and
// wrong.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>
#include <vector>

#include "models/base/random.h"
#include "models/ledger/assembly.h"
#include "models/ledger/block_tree.h"
#include "models/ledger/mempool.h"
#include "models/ledger/pool.h"

namespace peerlab::workshop {

inline const KeyPair& user(std::uint32_t i) {
  static const std::array<KeyPair, 4> keys{KeyPair::derive(1, 0), KeyPair::derive(1, 1), KeyPair::derive(1, 2),
                                           KeyPair::derive(1, 3)};
  return keys.at(i);
}

inline Rules easy_rules() {
  Rules rules;
  rules.genesis_bits = bits_for_hashes(2);
  rules.spacing = seconds(10);
  rules.coinbase_maturity = 3;
  rules.subsidy = 50;
  rules.halving_interval = 0;
  return rules;
}

/// Users 0 .. 3 have eight coins of 1000 each: outputs 8 i .. 8 i + 7 of the genesis transaction.
inline Genesis funds() {
  Genesis genesis;
  for (std::uint32_t i = 0; i < 4; ++i) genesis.allotments.push_back({user(i).public_key(), 1000, 8});
  return genesis;
}

struct Workshop {
  explicit Workshop(const Rules& rules = easy_rules()) : pool(rules, funds()), tree(pool), mempool(pool, 1'000'000) {}

  BlockPool pool;
  BlockTree tree;
  Mempool mempool;

  [[nodiscard]] Hash256 genesis_txid() const { return pool.transactions.id(TxRef(0)); }
  /// An input that spends coin `coin` of user `u`.
  [[nodiscard]] Input coin(std::uint32_t u, std::uint32_t coin) const {
    return {{genesis_txid(), u * 8 + coin}, user(u).public_key(), {}};
  }
  [[nodiscard]] Input spend(TxRef tx, std::uint32_t index, std::uint32_t u) const {
    return {{pool.transactions.id(tx), index}, user(u).public_key(), {}};
  }
  /// Signs with every user's key where it belongs.
  static Transaction& sign(Transaction& tx) {
    for (std::uint32_t i = 0; i < 4; ++i) sign_inputs(tx, user(i));
    return tx;
  }
  static Transaction pay(Input from, std::uint32_t to, std::uint64_t amount) {
    Transaction tx;
    tx.kind = TransactionKind::pay;
    tx.inputs.push_back(from);
    tx.outputs.push_back({amount, user(to).public_key(), std::nullopt});
    return sign(tx);
  }
  static Transaction publish(Input from, std::uint32_t owner, std::uint64_t name, const Content& content,
                             bool sealed = false) {
    Transaction tx;
    tx.kind = TransactionKind::publish;
    tx.inputs.push_back(from);
    const Record record{name, commitment(content), static_cast<std::uint32_t>(content.size()), sealed};
    tx.outputs.push_back({990, user(owner).public_key(), record});
    tx.enclosures.push_back({0, content});
    return sign(tx);
  }
  static Transaction transfer(Input from, const Record& record, std::uint32_t to) {
    Transaction tx;
    tx.kind = TransactionKind::transfer;
    tx.inputs.push_back(from);
    tx.outputs.push_back({980, user(to).public_key(), record});
    return sign(tx);
  }
  /// A new version of a record by its owner; the record lies in `from`.
  static Transaction update(Input from, std::uint32_t owner, std::uint64_t name, const Content& content) {
    Transaction tx = publish(from, owner, name, content);
    tx.kind = TransactionKind::update;
    tx.outputs[0].amount = 900;
    return sign(tx);
  }
  static Transaction erase(Input from, std::uint32_t to, std::uint64_t amount = 900) {
    Transaction tx = pay(from, to, amount);
    tx.kind = TransactionKind::erase;
    return sign(tx);
  }
  TxRef add(Transaction tx) { return pool.transactions.intern(std::move(tx)); }

  /// What to bend in a block before it is solved and offered.
  struct Bend {
    std::function<void(Transaction&)> coinbase = [](Transaction&) {};
    std::function<void(Header&)> header = [](Header&) {};
    std::function<void(Header&)> solved = [](Header&) {};  ///< after the nonce was found
    std::uint32_t owner = 3;
    std::uint32_t extra = 0;
  };
  Block block(BlockRef parent, const std::vector<TxRef>& transactions) { return block(parent, transactions, Bend()); }
  /// A block with these transactions on `parent`, valid unless bent or unless they make it invalid.
  Block block(BlockRef parent, const std::vector<TxRef>& transactions, const Bend& bend) {
    Transaction coinbase;
    coinbase.kind = TransactionKind::coinbase;
    coinbase.number = std::uint64_t{bend.extra} << 32 | (pool.headers.height(parent) + 1);
    coinbase.outputs.push_back({pool.rules.subsidy_at(1), user(bend.owner).public_key(), std::nullopt});
    bend.coinbase(coinbase);
    std::vector<TxRef> list{add(coinbase)};
    list.insert(list.end(), transactions.begin(), transactions.end());
    return wrap(parent, list, bend);
  }
  Block wrap(BlockRef parent, const std::vector<TxRef>& list) { return wrap(parent, list, Bend()); }
  /// A solved block around a body as it is.
  Block wrap(BlockRef parent, const std::vector<TxRef>& list, const Bend& bend) {
    const BodyRef body = pool.bodies.intern(list);
    Header header;
    header.previous = pool.headers.id(parent);
    header.merkle_root = pool.bodies.root(body);
    header.bits = pool.headers.next_bits(parent);
    header.time = pool.headers.median_time(parent) + 10;
    bend.header(header);
    solve(header);
    bend.solved(header);
    return {pool.headers.intern(header), body};
  }

  /// Offers header and body to the tree; the first verdict that is not ok.
  Verdict offer(const Block& block) {
    const Judged header = tree.offer_header(block.header, Time::zero());
    if (!header.ok() && header.verdict != Verdict::already_known) return header.verdict;
    const BlockTree::Outcome outcome = tree.offer_body(block.header, block.body, mempool.set());
    if (outcome.moved()) mempool.moved(tree.tip(), outcome.disconnected, outcome.connected);
    return outcome.verdict;
  }
  /// Makes and offers a block on the tip.
  Verdict extend(const std::vector<TxRef>& transactions = {}) { return offer(block(tree.tip(), transactions)); }
};

/// A mempool refuses it with that verdict, and so does a block that holds it.
inline void expect_refused(Workshop& w, const Transaction& tx, Verdict verdict) {
  const TxRef ref = w.add(tx);
  const BlockRef before = w.tree.tip();
  EXPECT_EQ(w.mempool.add(ref, before).verdict, verdict) << "in a mempool";
  EXPECT_EQ(w.extend({ref}), verdict) << "in a block";
  EXPECT_EQ(w.tree.tip(), before);
}

/// Of a coin from the genesis block or an output of one of the latest transactions, spent or not, to one to three users.
inline Transaction random_payment(Workshop& w, Stream& s) {
  const auto total = w.pool.transactions.size();
  TxRef from = s.chance(0.4) ? TxRef(0) : TxRef::of(total - 1 - s.below(std::min<std::size_t>(total, 30)));
  if (w.pool.transactions.kind(from) == TransactionKind::coinbase) from = TxRef(0);
  const Transaction& t = w.pool.transactions.transaction(from);
  const std::uint64_t index = s.below(t.outputs.size());
  const Output& spent = t.outputs[index];
  Transaction tx;
  tx.kind = TransactionKind::pay;
  tx.number = s.bits();
  tx.inputs.push_back({{w.pool.transactions.id(from), static_cast<std::uint32_t>(index)}, spent.owner, {}});
  const std::uint64_t fee = s.below(std::min<std::uint64_t>(spent.amount + 1, 50));
  const std::uint64_t outputs = 1 + s.below(3);
  for (std::uint64_t i = 0; i < outputs; ++i) {
    const std::uint64_t to = s.below(4);
    tx.outputs.push_back(
        {(spent.amount - fee) / outputs, user(static_cast<std::uint32_t>(to)).public_key(), std::nullopt});
  }
  return Workshop::sign(tx);
}

}  // namespace peerlab::workshop
