// Private pools: a message leaves its sender as bytes and is read against the receiver's pool, as over real sockets.
#include "models/base/check.h"
#include "sim/world/world.h"

namespace peerlab {

namespace {

/// A message under way, as bytes.
struct Encoded final : Parcel {
  Bytes bytes;
};

}  // namespace

Message World::encoded(NodeId from, const Message& message) {
  const MessageKindRow& kind = row(message.kind);
  auto parcel = std::make_unique<Encoded>();
  parcel->bytes = kind.encode(message, parcels_, pool(from));
  parcel->wire_size = static_cast<std::uint32_t>(parcel->bytes.size());
  CHECK_SAYING(parcel->wire_size == kind.wire_size(message, parcels_, pool(from)),
               "the wire size of a message is the size of its encoding");
  parcels_.drop(message);
  return parcels_.add(message.kind, std::move(parcel));
}

Message World::decoded(NodeId to, const Message& message) {
  const Bytes& bytes = parcels_.as<Encoded>(message).bytes;
  std::optional<Message> read = row(message.kind).decode(bytes, parcels_, pool(to));
  if (!read) read = row(garbage_kind).decode(bytes, parcels_, pool(to));
  CHECK_SAYING(read.has_value(), "any bytes can be read as garbage");
  parcels_.drop(message);
  return *read;
}

}  // namespace peerlab
