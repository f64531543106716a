#include "models/protocols/central_snapshot.h"

#include "models/protocols/checked_bytes.h"

namespace peerlab {
namespace {

constexpr std::uint64_t head = 24;

}  // namespace

std::uint64_t encoded_size(const Snapshot& snapshot) {
  return head + snapshot.store->encoded_size() + (snapshot.audit ? snapshot.audit->encoded_size() : 0);
}

Bytes encode_snapshot(const Snapshot& snapshot) {
  Bytes body;
  Writer w(body);
  w.u32(snapshot.index);
  w.u32(snapshot.epoch);
  w.u64(snapshot.history);
  snapshot.store->encode(w);
  if (snapshot.audit) snapshot.audit->encode(w);
  return with_checksum(body);
}

std::optional<Snapshot> decode_snapshot(ByteView bytes) {
  const std::optional<ByteView> body = body_of(bytes);
  if (!body) return std::nullopt;
  Reader inside(*body);
  Snapshot snapshot;
  snapshot.index = inside.u32();
  snapshot.epoch = inside.u32();
  snapshot.history = inside.u64();
  std::optional<RecordStore> store = RecordStore::decode(inside);
  if (!store) return std::nullopt;
  if (inside.left() > 0) {
    std::optional<AuditLog> audit = AuditLog::decode(inside);
    if (!audit) return std::nullopt;
    snapshot.audit = std::make_shared<const AuditLog>(std::move(*audit));
  }
  if (!inside.finished()) return std::nullopt;
  snapshot.store = std::make_shared<const RecordStore>(std::move(*store));
  return snapshot;
}

}  // namespace peerlab
