#include <optional>
#include <utility>

#include "models/replication/content.h"
#include "models/replication/message_rows.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

std::uint32_t entry_wire_size(const Message&, const Parcels&, const BlockPool*) { return one_entry_message; }

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

Block block_of(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  if (m.parcel != 0) return parcels.as<BlockParcel>(m).block;
  return {BlockRef(m.ref), pool->state.body(BlockRef(m.ref))};
}
std::uint32_t body_wire_size(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  if (m.parcel != 0) return parcels.at(m).wire_size;
  return block_body_size(*pool, BlockRef(m.ref));
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

constexpr MessageKindRow rows[] = {
    {kind::block_inventory, "block inventory", false, entry_wire_size, block_name_content, encode_block_inventory,
     decode_block_inventory},
    {kind::block_request, "block request", false, entry_wire_size, block_name_content, encode_block_request,
     decode_block_request},
    {kind::block_body, "block", true, body_wire_size, block_name_content, encode_body_message, decode_body_message},
};

}  // namespace

std::uint32_t block_body_size(const BlockPool& pool, BlockRef block) {
  return envelope_size + pool.bodies.block_size(pool.state.body(block));
}

std::uint64_t block_name_content(const Message& m, const Parcels& parcels, const BlockPool* pool) {
  if (m.parcel != 0) return parcels.at(m).content;
  return content_of(m.kind, pool->headers.name(BlockRef(m.ref)), m.extra);
}

std::span<const MessageKindRow> block_message_rows() { return rows; }

}  // namespace peerlab
