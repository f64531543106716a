// What validation costs: the units of the CPU price list (a header, a signature, a merkle root, state steps) and a
// whole block of 2,000 payments, checked for the first time and remembered.

#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "models/crypto/expand.h"
#include "models/crypto/keys.h"
#include "models/crypto/seal.h"
#include "models/crypto/sha256.h"
#include "models/crypto/siphash.h"
#include "models/ledger/assembly.h"
#include "models/ledger/block_tree.h"
#include "models/ledger/merkle.h"

namespace peerlab {
namespace {

void header_hash(benchmark::State& state) {
  Header header;
  for (auto _ : state) {
    ++header.nonce;
    benchmark::DoNotOptimize(header.id());
  }
}
BENCHMARK(header_hash);

void sha256_of_a_megabyte(benchmark::State& state) {
  const Bytes data(1'000'000);
  for (auto _ : state) benchmark::DoNotOptimize(sha256(data));
}
BENCHMARK(sha256_of_a_megabyte);

void expand_a_megabyte(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(expand(1, 1'000'000));
}
BENCHMARK(expand_a_megabyte);

void short_id(benchmark::State& state) {
  Hash256 id;
  for (auto _ : state) {
    ++id.bytes[0];
    benchmark::DoNotOptimize(siphash(1, 2, id));
  }
}
BENCHMARK(short_id);

void signature_check(benchmark::State& state) {
  const KeyPair key = KeyPair::derive(1, 1);
  const Hash256 message = sha256({});
  const Signature signature = key.sign(message);
  for (auto _ : state) benchmark::DoNotOptimize(verify(key.public_key(), message, signature));
}
BENCHMARK(signature_check);

void signature_made(benchmark::State& state) {
  const KeyPair key = KeyPair::derive(1, 1);
  Hash256 message;
  for (auto _ : state) {
    ++message.bytes[0];
    benchmark::DoNotOptimize(key.sign(message));
  }
}
BENCHMARK(signature_made);

void sealing_2kB(benchmark::State& state) {
  const KeyPair key = KeyPair::derive(1, 1);
  const Bytes plain(2000);
  for (auto _ : state) benchmark::DoNotOptimize(seal(plain, key.public_key(), Hash256{}));
}
BENCHMARK(sealing_2kB);

void merkle_of_2000(benchmark::State& state) {
  std::vector<Hash256> ids(2000);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i].bytes[i % 32] = static_cast<std::uint8_t>(i);
  for (auto _ : state) benchmark::DoNotOptimize(merkle(ids));
}
BENCHMARK(merkle_of_2000);

constexpr std::uint32_t payments = 2000;

Rules bench_rules() {
  Rules rules;
  rules.genesis_bits = bits_for_hashes(2);
  return rules;
}

Genesis bench_genesis(const KeyPair& payer) { return {{{payer.public_key(), 1000, payments}}, 0}; }

// The payments, signed once for all benchmarks below: every pool of this genesis has the same coins.
const std::vector<Transaction>& signed_payments() {
  static const std::vector<Transaction> all = [] {
    const KeyPair payer = KeyPair::derive(1, 1);
    const BlockPool pool(bench_rules(), bench_genesis(payer));
    std::vector<Transaction> list;
    for (std::uint32_t i = 0; i < payments; ++i) {
      Transaction tx;
      tx.inputs.push_back({{pool.transactions.id(TxRef(0)), i}, payer.public_key(), {}});
      tx.outputs.push_back({990, payer.public_key(), std::nullopt});
      sign_inputs(tx, payer);
      list.push_back(std::move(tx));
    }
    return list;
  }();
  return all;
}

struct Bench {
  Bench() : pool(bench_rules(), bench_genesis(KeyPair::derive(1, 1))), mempool(pool, 100'000'000) {
    for (const Transaction& tx : signed_payments()) list.push_back(pool.transactions.intern(tx));
  }
  Assembled mine() {
    Assembly from;
    from.tip = pool.genesis();
    from.owner = KeyPair::derive(1, 2).public_key();
    return assemble_block(pool, mempool, from);
  }
  BlockPool pool;
  Mempool mempool;
  std::vector<TxRef> list;
};

void intern_2000_payments(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    auto pool = std::make_unique<BlockPool>(bench_rules(), bench_genesis(KeyPair::derive(1, 1)));
    state.ResumeTiming();
    for (const Transaction& tx : signed_payments()) benchmark::DoNotOptimize(pool->transactions.intern(tx));
    state.PauseTiming();
    pool.reset();
    state.ResumeTiming();
  }
}
BENCHMARK(intern_2000_payments)->Unit(benchmark::kMicrosecond);

void mempool_admits_2000_for_the_first_node(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    auto bench = std::make_unique<Bench>();
    state.ResumeTiming();
    for (const TxRef tx : bench->list) benchmark::DoNotOptimize(bench->mempool.add(tx, bench->pool.genesis()));
    state.PauseTiming();
    bench.reset();
    state.ResumeTiming();
  }
}
BENCHMARK(mempool_admits_2000_for_the_first_node)->Unit(benchmark::kMillisecond)->Iterations(3);

void mempool_admits_2000_for_every_other_node(benchmark::State& state) {
  Bench bench;
  for (const TxRef tx : bench.list) benchmark::DoNotOptimize(bench.mempool.add(tx, bench.pool.genesis()));
  for (auto _ : state) {
    Mempool other(bench.pool, 100'000'000);
    for (const TxRef tx : bench.list) benchmark::DoNotOptimize(other.add(tx, bench.pool.genesis()));
  }
}
BENCHMARK(mempool_admits_2000_for_every_other_node)->Unit(benchmark::kMicrosecond);

void assemble_2000(benchmark::State& state) {
  Bench bench;
  for (const TxRef tx : bench.list) benchmark::DoNotOptimize(bench.mempool.add(tx, bench.pool.genesis()));
  std::uint32_t extra = 0;
  for (auto _ : state) {
    Assembly from;
    from.tip = bench.pool.genesis();
    from.owner = KeyPair::derive(1, 2).public_key();
    from.extra = ++extra;
    benchmark::DoNotOptimize(assemble_block(bench.pool, bench.mempool, from));
  }
}
BENCHMARK(assemble_2000)->Unit(benchmark::kMicrosecond);

void state_steps_of_a_block_of_2000(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    auto bench = std::make_unique<Bench>();
    for (const TxRef tx : bench->list) benchmark::DoNotOptimize(bench->mempool.add(tx, bench->pool.genesis()));
    const Assembled made = bench->mine();
    state.ResumeTiming();
    benchmark::DoNotOptimize(bench->pool.state.judge(made.block.header));
    state.PauseTiming();
    bench.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * (payments * 2 + 1));
}
BENCHMARK(state_steps_of_a_block_of_2000)->Unit(benchmark::kMicrosecond)->Iterations(3);

void block_of_2000_at_every_other_node(benchmark::State& state) {
  Bench bench;
  for (const TxRef tx : bench.list) benchmark::DoNotOptimize(bench.mempool.add(tx, bench.pool.genesis()));
  const Assembled made = bench.mine();
  BlockTree first(bench.pool);
  benchmark::DoNotOptimize(first.offer_header(made.block.header, Time::zero()));
  benchmark::DoNotOptimize(first.offer_body(made.block.header, made.block.body, bench.mempool.set()));
  for (auto _ : state) {
    BlockTree tree(bench.pool);
    Mempool mempool = bench.mempool;
    benchmark::DoNotOptimize(tree.offer_header(made.block.header, Time::zero()));
    const BlockTree::Outcome outcome = tree.offer_body(made.block.header, made.block.body, mempool.set());
    mempool.moved(tree.tip(), outcome.disconnected, outcome.connected);
    benchmark::DoNotOptimize(mempool.size());
  }
}
BENCHMARK(block_of_2000_at_every_other_node);

void have_body(benchmark::State& state) {
  Bench bench;
  const BlockTree tree(bench.pool);
  for (auto _ : state) benchmark::DoNotOptimize(tree.have_body(bench.pool.genesis()));
}
BENCHMARK(have_body);

void padded_coinbase_of_535_kB(benchmark::State& state) {
  Bench bench;
  std::uint32_t extra = 0;
  for (auto _ : state) {
    Assembly from;
    from.tip = bench.pool.genesis();
    from.extra = ++extra;
    from.fill_to = 535'000;
    benchmark::DoNotOptimize(assemble_block(bench.pool, bench.mempool, from));
  }
}
BENCHMARK(padded_coinbase_of_535_kB)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace peerlab
