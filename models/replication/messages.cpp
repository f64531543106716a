#include "models/replication/messages.h"

#include <algorithm>
#include <array>

#include "models/base/check.h"
#include "models/replication/content.h"
#include "models/replication/envelope.h"
#include "models/replication/message_rows.h"

namespace peerlab {
namespace {

template <class P>
std::unique_ptr<P> sized(std::size_t payload) {
  auto parcel = std::make_unique<P>();
  CHECK(payload <= payload_limit);
  parcel->wire_size = envelope_size + static_cast<std::uint32_t>(payload);
  return parcel;
}

/// Bytes of rising places, each as its distance from the one before.
std::size_t places_length(const std::vector<std::uint32_t>& places) {
  std::size_t n = compact_size_length(places.size());
  std::uint32_t next = 0;
  for (const std::uint32_t place : places) {
    n += compact_size_length(place - next);
    next = place + 1;
  }
  return n;
}

/// A list as bits. Dense numbers of one batch lie close together: a small table has room for nearly every list.
TxMask masked(std::span<const TxRef> list) {
  std::uint32_t low = 0xffffffff;
  std::uint32_t high = 0;
  for (const TxRef tx : list) {
    low = std::min(low, tx.value >> 6);
    high = std::max(high, tx.value >> 6);
  }
  TxMask mask;
  std::array<std::uint64_t, 128> table;
  if (!list.empty() && high - low < table.size()) {
    const std::size_t words = high - low + 1;
    std::fill_n(table.begin(), words, 0);
    for (const TxRef tx : list) table[(tx.value >> 6) - low] |= std::uint64_t{1} << (tx.value & 63);
    mask.reserve(words);
    for (std::uint32_t w = 0; w < words; ++w) {
      if (table[w] != 0) mask.push_back({low + w, table[w]});
    }
    return mask;
  }
  std::vector<TxRef> rising(list.begin(), list.end());
  std::sort(rising.begin(), rising.end(),
            [](TxRef x, TxRef y) { return x.value < y.value; });  // equal ones are one bit
  for (const TxRef tx : rising) {
    if (mask.empty() || mask.back().word != tx.value >> 6) mask.push_back({tx.value >> 6, 0});
    mask.back().bits |= std::uint64_t{1} << (tx.value & 63);
  }
  return mask;
}

}  // namespace

Message block_inventory(BlockRef block) { return {kind::block_inventory, 0, 0, block.value}; }

Message block_request(BlockRef block, bool compact) {
  return {kind::block_request, 0, static_cast<std::uint16_t>(compact ? 1 : 0), block.value};
}
Message block_body(Parcels& parcels, const BlockPool& pool, const Block& block) {
  CHECK(block.body.valid());
  if (pool.state.body(block.header) == block.body) return {kind::block_body, 0, 0, block.header.value};
  auto parcel = sized<BlockParcel>(pool.bodies.block_size(block.body));
  parcel->block = block;
  // A body that belongs to its header has the content of the inline message, whether or not this pool has bound it yet.
  const bool belongs = pool.bodies.judge_binding(pool.headers.header(block.header), block.body).ok();
  const std::uint64_t root = pool.bodies.root(block.body).low64();
  const std::uint64_t body = belongs ? 0 : content_of(kind::block_body, root, pool.bodies.list(block.body).size());
  parcel->content = content_of(kind::block_body, pool.headers.name(block.header), body);
  return parcels.add(kind::block_body, std::move(parcel));
}

Message compact_block(Parcels& parcels, const BlockPool& pool, std::shared_ptr<const CompactBlock> compact) {
  std::size_t size = Header::size + 8 + compact_size_length(compact->short_ids.size()) + 6 * compact->short_ids.size() +
                     compact_size_length(compact->prefilled.size());
  std::uint32_t next = 0;
  for (const Prefilled& p : compact->prefilled) {
    size += compact_size_length(p.place - next) + pool.transactions.wire_size(p.tx);
    next = p.place + 1;
  }
  std::uint64_t content = content_of(kind::compact_block, pool.headers.name(compact->block), compact->nonce);
  for (const std::uint64_t id : compact->short_ids) content = content_of(kind::compact_block, content, id);
  for (const Prefilled& p : compact->prefilled) {
    content = content_of(kind::compact_block, content ^ p.place, pool.transactions.name(p.tx));
  }
  auto parcel = sized<CompactParcel>(size);
  parcel->content = content;
  parcel->compact = std::move(compact);
  return parcels.add(kind::compact_block, std::move(parcel));
}

Message missing_request(Parcels& parcels, const BlockPool& pool, BlockRef block, std::vector<std::uint32_t> places) {
  auto parcel = sized<MissingParcel>(32 + places_length(places));
  std::uint64_t content = content_of(kind::missing_request, pool.headers.name(block), places.size());
  for (const std::uint32_t place : places) content = content_of(kind::missing_request, content, place);
  parcel->content = content;
  parcel->block = block;
  parcel->places = std::move(places);
  return parcels.add(kind::missing_request, std::move(parcel));
}

Message missing_transactions(Parcels& parcels, const BlockPool& pool, BlockRef block, std::vector<TxRef> list) {
  std::size_t size = 32 + compact_size_length(list.size());
  std::uint64_t content = content_of(kind::missing_transactions, pool.headers.name(block), list.size());
  for (const TxRef tx : list) {
    size += pool.transactions.wire_size(tx);
    content = content_of(kind::missing_transactions, content, pool.transactions.name(tx));
  }
  auto parcel = sized<TransactionsParcel>(size);
  parcel->content = content;
  parcel->block = block;
  parcel->list = std::move(list);
  return parcels.add(kind::missing_transactions, std::move(parcel));
}

Message get_headers(Parcels& parcels, std::vector<Hash256> locator) {
  auto parcel = sized<LocatorParcel>(4 + compact_size_length(locator.size()) + 32 * locator.size() + 32);
  std::uint64_t content = content_of(kind::get_headers, locator.size(), 0);
  for (const Hash256& id : locator) content = content_of(kind::get_headers, content, id.low64());
  parcel->content = content;
  parcel->ids = std::move(locator);
  return parcels.add(kind::get_headers, std::move(parcel));
}

Message headers(Parcels& parcels, const BlockPool& pool, std::vector<BlockRef> list) {
  auto parcel = sized<HeadersParcel>(compact_size_length(list.size()) + (Header::size + 1) * list.size());
  std::uint64_t content = content_of(kind::headers, list.size(), 0);
  for (const BlockRef b : list) content = content_of(kind::headers, content, pool.headers.name(b));
  parcel->content = content;
  parcel->list = std::move(list);
  return parcels.add(kind::headers, std::move(parcel));
}

Message transaction_list(MessageKind which, Parcels& parcels, const BlockPool& pool, std::vector<TxRef> list,
                         TxMask mask) {
  CHECK(!list.empty());
  CHECK(list.size() <= most_inventory);
  if (list.size() == 1) return {which, 0, 0, list[0].value};
  auto parcel = sized<ListParcel>(compact_size_length(list.size()) + entry_size * list.size());
  std::uint64_t content = content_of(which, 0, 0);
  for (const TxRef tx : list) content = content_of(which, content, pool.transactions.name(tx));
  parcel->content = content;
  parcel->mask = mask.empty() ? masked(list) : std::move(mask);
  parcel->list = std::move(list);
  return parcels.add(which, std::move(parcel));
}

Message transaction_bundle(Parcels& parcels, const BlockPool& pool, std::vector<TxRef> list, TxMask mask) {
  CHECK(!list.empty());
  CHECK(list.size() <= most_inventory);
  std::uint64_t bytes = 0;
  std::uint64_t content = content_of(kind::transaction_bundle, list.size(), 0);
  for (const TxRef tx : list) {
    bytes += pool.transactions.wire_size(tx);
    content = content_of(kind::transaction_bundle, content, pool.transactions.name(tx));
  }
  auto parcel = sized<BundleParcel>(compact_size_length(list.size()) + bytes);
  parcel->content = content;
  parcel->bytes = bytes;
  parcel->mask = mask.empty() ? masked(list) : std::move(mask);
  parcel->list = std::move(list);
  return parcels.add(kind::transaction_bundle, std::move(parcel));
}

Message transaction(TxRef tx) { return {kind::transaction, 0, 0, tx.value}; }

Message garbage(std::uint32_t seed, std::uint16_t bytes) { return {garbage_kind, 0, bytes, seed}; }

}  // namespace peerlab
