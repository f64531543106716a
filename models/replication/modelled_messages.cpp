#include <algorithm>

#include "models/replication/message_rows.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

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

constexpr MessageKindRow rows[] = {
    {kind::modelled_compact, "modelled compact block", true, modelled_compact_wire_size, block_name_content,
     encode_modelled_compact, decode_modelled_compact},
    {kind::modelled_missing, "modelled missing request", false, share_wire_size, block_name_content, encode_share,
     decode_share},
    {kind::modelled_rest, "modelled missing transactions", true, rest_wire_size, block_name_content, encode_rest,
     decode_rest},
};

}  // namespace

std::span<const MessageKindRow> modelled_message_rows() { return rows; }

}  // namespace peerlab
