#include "models/replication/message_rows.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

Bytes encode_compact(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  const CompactBlock& c = *parcels.as<CompactParcel>(m).compact;
  Bytes payload;
  Writer w(payload);
  encode(pool->headers.header(c.block), w);
  w.u64(c.nonce);
  w.compact_size(c.short_ids.size());
  for (const std::uint64_t id : c.short_ids) w.u48(id);
  w.compact_size(c.prefilled.size());
  std::uint32_t next = 0;
  for (const Prefilled& p : c.prefilled) {
    w.compact_size(p.place - next);
    encode(pool->transactions.transaction(p.tx), w);
    next = p.place + 1;
  }
  return enclose("cmpctblock", payload);
}
std::optional<Message> decode_compact(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  const auto payload = payload_of("cmpctblock", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  auto c = std::make_shared<CompactBlock>();
  const Header header = decode_header(in);
  c->nonce = in.u64();
  const std::uint64_t ids = in.compact_size();
  if (!in.ok() || ids > in.left() / 6) return std::nullopt;
  for (std::uint64_t i = 0; i < ids; ++i) c->short_ids.push_back(in.u48());
  const std::uint64_t whole = in.compact_size();
  if (!in.ok() || whole > in.left()) return std::nullopt;
  std::vector<std::pair<std::uint32_t, Transaction>> prefilled;
  std::uint64_t next = 0;
  for (std::uint64_t i = 0; i < whole; ++i) {
    const std::uint64_t skip = in.compact_size();
    if (!in.ok() || skip > ids + whole) return std::nullopt;
    next += skip;
    auto tx = decode_transaction(in);
    if (!tx || next >= ids + whole) return std::nullopt;
    prefilled.emplace_back(static_cast<std::uint32_t>(next), std::move(*tx));
    ++next;
  }
  if (!in.finished()) return std::nullopt;
  c->block = pool->headers.intern(header);
  c->key = ShortIdKey::of(header, c->nonce);
  for (auto& [place, tx] : prefilled) c->prefilled.push_back({place, pool->transactions.intern(std::move(tx))});
  return compact_block(parcels, *pool, std::move(c));
}

Bytes encode_missing_request(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  const auto& p = parcels.as<MissingParcel>(m);
  Bytes payload;
  Writer w(payload);
  w.hash(pool->headers.id(p.block));
  w.compact_size(p.places.size());
  std::uint32_t next = 0;
  for (const std::uint32_t place : p.places) {
    w.compact_size(place - next);
    next = place + 1;
  }
  return enclose("getblocktxn", payload);
}
std::optional<Message> decode_missing_request(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  const auto payload = payload_of("getblocktxn", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const BlockRef b = pool->headers.find(in.hash());
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || !b.valid() || count > in.left()) return std::nullopt;
  std::vector<std::uint32_t> places;
  std::uint64_t next = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    next += in.compact_size();
    if (!in.ok() || next > 0xfffffffe) return std::nullopt;
    places.push_back(static_cast<std::uint32_t>(next++));
  }
  if (!in.finished()) return std::nullopt;
  return missing_request(parcels, *pool, b, std::move(places));
}

Bytes encode_missing_transactions(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  const auto& p = parcels.as<TransactionsParcel>(m);
  Bytes payload;
  Writer w(payload);
  w.hash(pool->headers.id(p.block));
  w.compact_size(p.list.size());
  for (const TxRef tx : p.list) encode(pool->transactions.transaction(tx), w);
  return enclose("blocktxn", payload);
}
std::optional<Message> decode_missing_transactions(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  const auto payload = payload_of("blocktxn", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const BlockRef b = pool->headers.find(in.hash());
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || !b.valid() || count > in.left()) return std::nullopt;
  std::vector<Transaction> read;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto tx = decode_transaction(in);
    if (!tx) return std::nullopt;
    read.push_back(std::move(*tx));
  }
  if (!in.finished()) return std::nullopt;
  std::vector<TxRef> list;
  for (Transaction& tx : read) list.push_back(pool->transactions.intern(std::move(tx)));
  return missing_transactions(parcels, *pool, b, std::move(list));
}

constexpr MessageKindRow rows[] = {
    {kind::compact_block, "compact block", true, parcel_wire_size, parcel_content, encode_compact, decode_compact},
    {kind::missing_request, "missing request", false, parcel_wire_size, parcel_content, encode_missing_request,
     decode_missing_request},
    {kind::missing_transactions, "missing transactions", true, parcel_wire_size, parcel_content,
     encode_missing_transactions, decode_missing_transactions},
};

}  // namespace

std::span<const MessageKindRow> compact_message_rows() { return rows; }

}  // namespace peerlab
