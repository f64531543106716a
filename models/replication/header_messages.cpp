#include "models/replication/message_rows.h"
#include "models/replication/messages.h"

namespace peerlab {
namespace {

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

constexpr MessageKindRow rows[] = {
    {kind::get_headers, "get headers", false, parcel_wire_size, parcel_content, encode_get_headers, decode_get_headers},
    {kind::headers, "headers", false, parcel_wire_size, parcel_content, encode_headers, decode_headers},
};

}  // namespace

std::span<const MessageKindRow> header_message_rows() { return rows; }

}  // namespace peerlab
