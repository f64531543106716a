#include "models/replication/message_kinds.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/crypto/expand.h"
#include "models/replication/content.h"
#include "models/replication/envelope.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

// Types of inventory entries (Bitcoin's: MSG_TX, MSG_BLOCK, MSG_CMPCT_BLOCK).
constexpr std::uint32_t type_transaction = 1;
constexpr std::uint32_t type_block = 2;
constexpr std::uint32_t type_compact = 4;
constexpr std::uint32_t one_entry = envelope_size + 37;

// --- names of blocks: inventory and request --------------------------------------------------------------------------

std::uint32_t entry_wire_size(const Message&, const Parcels&, const BlockPool*) { return one_entry; }

std::uint64_t block_name_content(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  if (m.parcel != 0) return parcels.at(m).content;
  return content_of(m.kind, pool->headers.name(BlockRef(m.ref)), m.extra);
}

Bytes entry(std::string_view command, std::uint32_t type, const Hash256& id) {
  Bytes payload;
  Writer w(payload);
  w.compact_size(1);
  w.u32(type);
  w.hash(id);
  return enclose(command, payload);
}

/// The one entry of a payload; the type is checked by the caller.
std::optional<std::pair<std::uint32_t, Hash256>> read_entry(std::string_view command, ByteView bytes) {
  const auto payload = payload_of(command, bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint64_t count = in.compact_size();
  const std::uint32_t type = in.u32();
  const Hash256 id = in.hash();
  if (!in.finished() || count != 1) return std::nullopt;
  return std::pair{type, id};
}

Bytes encode_block_inventory(const Message& m, const Parcels&, const BlockPool* pool) {
  return entry("inv", type_block, pool->headers.id(BlockRef(m.ref)));
}
std::optional<Message> decode_block_inventory(ByteView bytes, Parcels&, BlockPool* pool) {
  const auto read = read_entry("inv", bytes);
  if (!read || read->first != type_block) return std::nullopt;
  return block_inventory(pool->headers.refer(read->second));
}
Bytes encode_block_request(const Message& m, const Parcels&, const BlockPool* pool) {
  return entry("getdata", m.extra == 1 ? type_compact : type_block, pool->headers.id(BlockRef(m.ref)));
}
std::optional<Message> decode_block_request(ByteView bytes, Parcels&, BlockPool* pool) {
  const auto read = read_entry("getdata", bytes);
  if (!read || (read->first != type_block && read->first != type_compact)) return std::nullopt;
  return block_request(pool->headers.refer(read->second), read->first == type_compact);
}

// --- whole blocks ------------------------------------------------------------------------------------------------------

Block block_of(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  if (m.parcel != 0) return parcels.as<BlockParcel>(m).block;
  return {BlockRef(m.ref), pool->state.body(BlockRef(m.ref))};
}
std::uint32_t body_wire_size(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  if (m.parcel != 0) return parcels.at(m).wire_size;
  return envelope_size + pool->bodies.block_size(pool->state.body(BlockRef(m.ref)));
}
Bytes encode_body_message(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  Bytes payload;
  Writer w(payload);
  encode_block(*pool, block_of(m, parcels, pool), w);
  return enclose("block", payload);
}
std::optional<Message> decode_body_message(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  const auto payload = payload_of("block", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const auto block = decode_block(*pool, in);
  if (!block || !in.finished()) return std::nullopt;
  (void)pool->state.bind(block->header, block->body);  // judged again, and charged, by whoever receives it
  return block_body(parcels, *pool, *block);
}

// --- compact blocks ----------------------------------------------------------------------------------------------------

std::uint32_t parcel_wire_size(const Message& m, const Parcels& parcels, const BlockPool*) {
  return parcels.at(m).wire_size;
}
std::uint64_t parcel_content(const Message& m, const Parcels& parcels, const BlockPool*) {
  return parcels.at(m).content;
}

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

// --- headers -----------------------------------------------------------------------------------------------------------

Bytes encode_get_headers(const Message& m, const Parcels& parcels, const BlockPool*) {
  const auto& p = parcels.as<LocatorParcel>(m);
  Bytes payload;
  Writer w(payload);
  w.u32(1);
  w.compact_size(p.ids.size());
  for (const Hash256& id : p.ids) w.hash(id);
  w.hash(Hash256{});  // no stop: as many as fit
  return enclose("getheaders", payload);
}
std::optional<Message> decode_get_headers(ByteView bytes, Parcels& parcels, BlockPool*) {
  const auto payload = payload_of("getheaders", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint32_t version = in.u32();
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || version != 1 || count > most_locator) return std::nullopt;
  std::vector<Hash256> ids;
  for (std::uint64_t i = 0; i < count; ++i) ids.push_back(in.hash());
  const Hash256 stop = in.hash();
  if (!in.finished() || !stop.is_zero()) return std::nullopt;
  return get_headers(parcels, std::move(ids));
}

Bytes encode_headers(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  const auto& p = parcels.as<HeadersParcel>(m);
  Bytes payload;
  Writer w(payload);
  w.compact_size(p.list.size());
  for (const BlockRef b : p.list) {
    encode(pool->headers.header(b), w);
    w.u8(0);  // a header comes without transactions
  }
  return enclose("headers", payload);
}
std::optional<Message> decode_headers(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  const auto payload = payload_of("headers", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > most_headers || in.left() != count * (Header::size + 1)) return std::nullopt;
  std::vector<Header> read;
  for (std::uint64_t i = 0; i < count; ++i) {
    read.push_back(decode_header(in));
    if (in.u8() != 0) return std::nullopt;
  }
  std::vector<BlockRef> list;
  for (const Header& h : read) list.push_back(pool->headers.intern(h));
  return headers(parcels, *pool, std::move(list));
}

// --- transactions ------------------------------------------------------------------------------------------------------

std::uint32_t list_wire_size(const Message& m, const Parcels& parcels, const BlockPool*) {
  return m.parcel != 0 ? parcels.at(m).wire_size : one_entry;
}
std::uint64_t list_content(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  if (m.parcel != 0) return parcels.at(m).content;
  return content_of(m.kind, content_of(m.kind, 0, 0), pool->transactions.name(TxRef(m.ref)));
}
Bytes encode_list(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  Bytes payload;
  Writer w(payload);
  const auto put = [&](const Hash256& id) {
    w.u32(type_transaction);
    w.hash(id);
  };
  if (m.parcel == 0) {
    w.compact_size(1);
    put(pool->transactions.id(TxRef(m.ref)));
  } else {
    const auto& p = parcels.as<ListParcel>(m);
    w.compact_size(p.list.size());
    for (std::size_t i = 0; i < p.list.size(); ++i) put(pool->transactions.id(p.list[i]));
  }
  return enclose(m.kind == kind::transaction_inventory ? "inv" : "getdata", payload);
}
std::optional<Message> decode_list(MessageKind which, std::string_view command, ByteView bytes, Parcels& parcels,
                                   BlockPool& pool) {
  const auto payload = payload_of(command, bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count == 0 || count > most_inventory || in.left() != count * 36) return std::nullopt;
  std::vector<Hash256> ids;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (in.u32() != type_transaction) return std::nullopt;
    ids.push_back(in.hash());
  }
  std::vector<TxRef> list;
  for (const Hash256& id : ids) list.push_back(pool.transactions.refer(id));
  return transaction_list(which, parcels, pool, std::move(list));
}
std::optional<Message> decode_inventory_list(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  return decode_list(kind::transaction_inventory, "inv", bytes, parcels, *pool);
}
std::optional<Message> decode_request_list(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  return decode_list(kind::transaction_request, "getdata", bytes, parcels, *pool);
}

std::uint32_t transaction_wire_size(const Message& m, const Parcels&, const BlockPool* pool) {
  return envelope_size + pool->transactions.wire_size(TxRef(m.ref));
}
std::uint64_t transaction_content(const Message& m, const Parcels&, const BlockPool* pool) {
  return content_of(m.kind, pool->transactions.name(TxRef(m.ref)), 0);
}
Bytes encode_transaction(const Message& m, const Parcels&, const BlockPool* pool) {
  Bytes payload;
  Writer w(payload);
  encode(pool->transactions.transaction(TxRef(m.ref)), w);
  return enclose("tx", payload);
}
std::optional<Message> decode_transaction_message(ByteView bytes, Parcels&, BlockPool* pool) {
  const auto payload = payload_of("tx", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  auto tx = decode_transaction(in);
  if (!tx || !in.finished()) return std::nullopt;
  return transaction(pool->transactions.intern(std::move(*tx)));
}

// --- modelled compact blocks ---------------------------------------------------------------------------------------------

/// Bytes of the block when declared contents travel as seed and size only.
std::size_t brief_size(const BlockPool& pool, BlockRef block) {
  const BodyRef body = pool.state.body(block);
  std::size_t size = pool.bodies.block_size(body);
  for (const TxRef tx : pool.bodies.list(body)) {
    for (const Enclosure& e : pool.transactions.transaction(tx).enclosures) size -= e.content.generated;
  }
  return size;
}
std::uint32_t modelled_compact_wire_size(const Message& m, const Parcels&, const BlockPool* pool) {
  const std::size_t least = 2 + brief_size(*pool, BlockRef(m.ref));
  return envelope_size + static_cast<std::uint32_t>(std::max<std::size_t>(least, m.extra));
}
Bytes encode_modelled_compact(const Message& m, const Parcels&, const BlockPool* pool) {
  const BlockRef block(m.ref);
  Bytes payload;
  Writer w(payload);
  w.u16(m.extra);
  encode(pool->headers.header(block), w);
  encode_body(*pool, pool->state.body(block), w, Form::brief);
  if (payload.size() < m.extra) payload.resize(m.extra);
  return enclose("mcmpct", payload);
}
std::optional<Message> decode_modelled_compact(ByteView bytes, Parcels&, BlockPool* pool) {
  const auto payload = payload_of("mcmpct", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint16_t size = in.u16();
  const Header header = decode_header(in);
  const auto body = decode_body(*pool, in, Form::brief);
  if (!body || !in.ok()) return std::nullopt;
  const std::size_t used = payload->size() - in.left();
  if (payload->size() != std::max<std::size_t>(used, size)) return std::nullopt;
  const ByteView padding = in.raw(in.left());
  if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t v) { return v != 0; })) return std::nullopt;
  const BlockRef block = pool->headers.intern(header);
  if (!pool->state.bind(block, *body).ok()) return std::nullopt;
  return Message{kind::modelled_compact, 0, size, block.value};
}

std::uint32_t share_wire_size(const Message&, const Parcels&, const BlockPool*) { return envelope_size + 34; }
std::uint32_t rest_size(const Message& m, const BlockPool& pool) {
  const std::uint64_t whole = pool.bodies.block_size(pool.state.body(BlockRef(m.ref)));
  return static_cast<std::uint32_t>((whole * m.extra + 65534) / 65535);
}
std::uint32_t rest_wire_size(const Message& m, const Parcels&, const BlockPool* pool) {
  return envelope_size + 34 + rest_size(m, *pool);
}
Bytes share_payload(const Message& m, const BlockPool& pool) {
  Bytes payload;
  Writer w(payload);
  w.hash(pool.headers.id(BlockRef(m.ref)));
  w.u16(m.extra);
  return payload;
}
Bytes encode_share(const Message& m, const Parcels&, const BlockPool* pool) {
  return enclose("mgetrest", share_payload(m, *pool));
}
Bytes encode_rest(const Message& m, const Parcels&, const BlockPool* pool) {
  Bytes payload = share_payload(m, *pool);
  payload.resize(payload.size() + rest_size(m, *pool));
  return enclose("mrest", payload);
}
std::optional<Message> decode_share(ByteView bytes, Parcels&, BlockPool* pool) {
  const auto payload = payload_of("mgetrest", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const BlockRef b = pool->headers.find(in.hash());
  const std::uint16_t share = in.u16();
  if (!in.finished() || !b.valid()) return std::nullopt;
  return Message{kind::modelled_missing, 0, share, b.value};
}
std::optional<Message> decode_rest(ByteView bytes, Parcels&, BlockPool* pool) {
  const auto payload = payload_of("mrest", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const BlockRef b = pool->headers.find(in.hash());
  const std::uint16_t share = in.u16();
  if (!in.ok() || !b.valid() || !pool->state.body(b).valid()) return std::nullopt;
  const Message m{kind::modelled_rest, 0, share, b.value};
  const ByteView padding = in.raw(in.left());
  if (padding.size() != rest_size(m, *pool)) return std::nullopt;
  if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t v) { return v != 0; })) return std::nullopt;
  return m;
}

// --- noise -------------------------------------------------------------------------------------------------------------

std::uint32_t garbage_wire_size(const Message& m, const Parcels&, const BlockPool*) { return m.extra; }
std::uint64_t garbage_content(const Message& m, const Parcels&, const BlockPool*) {
  return content_of(garbage_kind, 0, m.extra);  // noise is noise: only its length is told apart
}
Bytes encode_garbage(const Message& m, const Parcels&, const BlockPool*) { return expand(m.ref, m.extra); }
std::optional<Message> decode_garbage(ByteView bytes, Parcels&, BlockPool*) {
  Reader in(bytes);
  return garbage(in.left() < 4 ? 0 : in.u32(), static_cast<std::uint16_t>(std::min<std::size_t>(bytes.size(), 65535)));
}

constexpr MessageKindRow rows[] = {
    {kind::block_inventory, "block inventory", false, entry_wire_size, block_name_content, encode_block_inventory,
     decode_block_inventory},
    {kind::block_request, "block request", false, entry_wire_size, block_name_content, encode_block_request,
     decode_block_request},
    {kind::block_body, "block", true, body_wire_size, block_name_content, encode_body_message, decode_body_message},
    {kind::compact_block, "compact block", true, parcel_wire_size, parcel_content, encode_compact, decode_compact},
    {kind::missing_request, "missing request", false, parcel_wire_size, parcel_content, encode_missing_request,
     decode_missing_request},
    {kind::missing_transactions, "missing transactions", true, parcel_wire_size, parcel_content,
     encode_missing_transactions, decode_missing_transactions},
    {kind::get_headers, "get headers", false, parcel_wire_size, parcel_content, encode_get_headers, decode_get_headers},
    {kind::headers, "headers", false, parcel_wire_size, parcel_content, encode_headers, decode_headers},
    {kind::transaction_inventory, "transaction inventory", false, list_wire_size, list_content, encode_list,
     decode_inventory_list},
    {kind::transaction_request, "transaction request", false, list_wire_size, list_content, encode_list,
     decode_request_list},
    {kind::transaction, "transaction", false, transaction_wire_size, transaction_content, encode_transaction,
     decode_transaction_message},
    {kind::modelled_compact, "modelled compact block", true, modelled_compact_wire_size, block_name_content,
     encode_modelled_compact, decode_modelled_compact},
    {kind::modelled_missing, "modelled missing request", false, share_wire_size, block_name_content, encode_share,
     decode_share},
    {kind::modelled_rest, "modelled missing transactions", true, rest_wire_size, block_name_content, encode_rest,
     decode_rest},
    {garbage_kind, "garbage", false, garbage_wire_size, garbage_content, encode_garbage, decode_garbage},
};

}  // namespace

std::span<const MessageKindRow> replication_message_kinds() { return rows; }

Message decode_replication(ByteView bytes, Parcels& parcels, BlockPool* pool) {
  for (const MessageKindRow& row : rows) {
    if (const auto message = row.decode(bytes, parcels, pool)) return *message;
  }
  CHECK(false);  // the last row understands everything
}

}  // namespace peerlab
