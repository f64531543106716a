// A message on its way: eight bytes, copied freely.
//
// Small messages (an inventory, a request) carry their content as a dense index into the sender's and receiver's shared
// pool; large ones name a parcel, an immutable body kept in `Parcels` and counted without atomics, because messages never
// cross threads inside a run. What a kind means, how large it is on the wire and how it is encoded is said by its row in
// the table of message kinds (models/registry); this module only knows the envelope.
#pragma once

#include <cstdint>

namespace peerlab {

/// Index of a row in the table of message kinds. Each module that defines messages owns a range:
/// 0 .. 31 replication, 32 .. 63 client-server, 64 .. 127 other protocols, 255 bytes that nobody can read.
using MessageKind = std::uint8_t;
inline constexpr MessageKind garbage_kind = 255;

struct Message {
  MessageKind kind = garbage_kind;
  std::uint8_t parcel = 0;  ///< 1 when `ref` names a parcel, 0 when `ref` is the content
  std::uint16_t extra = 0;  ///< content, meaning set by the kind
  std::uint32_t ref = 0;    ///< a dense index (block, transaction) or a parcel's number

  friend constexpr bool operator==(const Message&, const Message&) = default;
};
static_assert(sizeof(Message) == 8);

}  // namespace peerlab
