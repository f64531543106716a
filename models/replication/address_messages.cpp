#include "models/replication/address_messages.h"

#include <memory>

#include "models/replication/content.h"
#include "models/replication/envelope.h"
#include "models/replication/message_rows.h"

namespace peerlab {
namespace {

constexpr std::uint32_t address_size = 4 + 8 + 16 + 2;
constexpr std::uint64_t full_service = 1;  // NODE_NETWORK
constexpr std::uint16_t port = 8333;
constexpr std::uint16_t mapped = 0xffff;  // ::ffff:a.b.c.d

std::uint32_t get_addresses_wire_size(const Message&, const Parcels&, const BlockPool*) { return envelope_size; }
std::uint64_t get_addresses_content(const Message& m, const Parcels&, const BlockPool*) {
  return content_of(m.kind, 0, 0);
}
Bytes encode_get_addresses(const Message&, const Parcels&, const BlockPool*) { return enclose("getaddr", {}); }
std::optional<Message> decode_get_addresses(ByteView bytes, Parcels&, BlockPool*) {
  const auto payload = payload_of("getaddr", bytes);
  if (!payload || !payload->empty()) return std::nullopt;
  return get_addresses();
}

Bytes encode_addresses(const Message& m, const Parcels& parcels, const BlockPool*) {
  const auto& p = parcels.as<AddressesParcel>(m);
  Bytes payload;
  Writer w(payload);
  w.compact_size(p.list.size());
  for (const ToldAddress& told : p.list) {
    w.u32(told.seen);
    w.u64(full_service);
    w.u64(0);
    w.u16(0);
    w.u16(mapped);
    w.u32(told.address.value);
    w.u16(port);
  }
  return enclose("addr", payload);
}
std::optional<Message> decode_addresses(ByteView bytes, Parcels& parcels, BlockPool*) {
  const auto payload = payload_of("addr", bytes);
  if (!payload) return std::nullopt;
  Reader in(*payload);
  const std::uint64_t count = in.compact_size();
  if (!in.ok() || count > most_addresses || in.left() != count * address_size) return std::nullopt;
  std::vector<ToldAddress> list;
  for (std::uint64_t i = 0; i < count; ++i) {
    ToldAddress told;
    told.seen = in.u32();
    const std::uint64_t services = in.u64();
    const std::uint64_t zeros = in.u64();
    const std::uint16_t more_zeros = in.u16();
    const std::uint16_t prefix = in.u16();
    told.address = NetAddress(in.u32());
    const std::uint16_t its_port = in.u16();
    if (services != full_service || zeros != 0 || more_zeros != 0 || prefix != mapped || its_port != port) {
      return std::nullopt;
    }
    list.push_back(told);
  }
  if (!in.finished()) return std::nullopt;
  return addresses(parcels, std::move(list));
}

constexpr MessageKindRow rows[] = {
    {kind::get_addresses, "get addresses", false, get_addresses_wire_size, get_addresses_content, encode_get_addresses,
     decode_get_addresses},
    {kind::addresses, "addresses", false, parcel_wire_size, parcel_content, encode_addresses, decode_addresses},
};

}  // namespace

Message get_addresses() { return {kind::get_addresses, 0, 0, 0}; }

Message addresses(Parcels& parcels, std::vector<ToldAddress> list) {
  auto p = std::make_unique<AddressesParcel>();
  std::uint64_t content = content_of(kind::addresses, 0, list.size());
  for (const ToldAddress& told : list) content = content_of(kind::addresses, content + told.seen, told.address.value);
  p->wire_size =
      envelope_size + static_cast<std::uint32_t>(compact_size_length(list.size()) + address_size * list.size());
  p->content = content;
  p->list = std::move(list);
  return parcels.add(kind::addresses, std::move(p));
}

std::span<const MessageKindRow> address_message_rows() { return rows; }

}  // namespace peerlab
