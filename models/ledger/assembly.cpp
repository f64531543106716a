#include "models/ledger/assembly.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {

namespace {

// An enclosure of declared padding without any: output, stored length, generated length, seed.
constexpr std::uint64_t padding_overhead = 4 + 1 + 4 + 8;
constexpr std::uint64_t largest_count = 9;

Transaction coinbase_without_amount(const BlockPool& pool, const Assembly& from) {
  Transaction coinbase;
  coinbase.kind = TransactionKind::coinbase;
  coinbase.number = std::uint64_t{from.extra} << 32 | (pool.headers.height(from.tip) + 1);
  coinbase.outputs.push_back({0, from.owner, std::nullopt});
  return coinbase;
}

}  // namespace

std::uint64_t solve(Header& header) {
  std::uint64_t hashes = 0;
  const std::uint32_t first = header.nonce;
  while (true) {
    ++hashes;
    if (meets_target(header.id(), header.bits)) return hashes;
    ++header.nonce;
    if (header.nonce == first) ++header.time;
  }
}

std::uint64_t room_for_transactions(const BlockPool& pool, const Assembly& from) {
  const Rules& rules = pool.rules;
  std::uint64_t limit =
      from.size_limit == 0 ? rules.block_size_limit : std::min(from.size_limit, rules.block_size_limit);
  if (from.fill_to > 0) limit = std::min<std::uint64_t>(limit, from.fill_to);
  const std::uint64_t fixed = Header::size + largest_count + wire_size(coinbase_without_amount(pool, from)) +
                              (from.fill_to > 0 ? padding_overhead + 1 : 0);
  return limit > fixed ? limit - fixed : 0;
}

Assembled assemble_block(BlockPool& pool, const Mempool& mempool, const Assembly& from) {
  return assemble_block(pool, mempool.select(room_for_transactions(pool, from)), from);
}

Assembled assemble_block(BlockPool& pool, std::vector<TxRef> list, const Assembly& from) {
  CHECK(pool.state.judged(from.tip));
  const Rules& rules = pool.rules;
  Transaction coinbase = coinbase_without_amount(pool, from);

  Assembled made;
  std::uint64_t size = Header::size + compact_size_length(list.size() + 1) + wire_size(coinbase);
  for (const TxRef tx : list) {
    made.fees += pool.transactions.fee(tx).value_or(0);
    size += pool.transactions.wire_size(tx);
  }
  coinbase.outputs.front().amount = rules.subsidy_at(pool.headers.height(from.tip) + 1) + made.fees;
  if (from.fill_to > size + padding_overhead) {
    const std::uint64_t seed = mix64(pool.headers.name(from.tip) ^ mix64(coinbase.number));
    const auto padding = static_cast<std::uint32_t>(from.fill_to - size - padding_overhead);
    coinbase.enclosures.push_back({Enclosure::padding, declared_content(seed, padding)});
  }
  list.insert(list.begin(), pool.transactions.intern(std::move(coinbase)));
  made.block.body = pool.bodies.intern(list);

  Header header;
  header.previous = pool.headers.id(from.tip);
  header.merkle_root = pool.bodies.root(made.block.body);
  header.bits = pool.headers.next_bits(from.tip);
  header.time = from.header_time != 0 ? from.header_time
                                      : std::max(rules.clock(from.now), pool.headers.median_time(from.tip) + 1);
  made.effort.headers = static_cast<std::uint32_t>(solve(header));
  made.effort.bytes_hashed = pool.transactions.wire_size(list.front());
  made.block.header = pool.headers.intern(header);
  const Judged bound = pool.state.bind(made.block.header, made.block.body);
  CHECK(bound.ok());
  made.effort += bound.effort;
  return made;
}

}  // namespace peerlab
