// A row of the table of message kinds: everything a host must know about a kind of message without knowing the protocol.
//
// A shared pool means that all nodes understand each other's dense ids; a host then copies the eight bytes of a message.
// With private pools, and over sockets, the host encodes against the sender's pool and decodes against the receiver's:
// names travel as 256-bit ids. For every kind encode(...).size() == wire_size(...): declared content is generated, declared sizes
// are padding. `content` never depends on dense ids and goes into digests.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "models/base/bytes.h"
#include "models/node/message.h"
#include "models/node/parcels.h"

namespace peerlab {

class BlockPool;

struct MessageKindRow {
  MessageKind kind = garbage_kind;
  std::string_view name;  ///< such as `block inventory`
  bool bulk = false;      ///< a body: queues behind other bodies at an upload
  /// Bytes on the wire, envelope included. Costs a few loads; called for every message.
  std::uint32_t (*wire_size)(const Message&, const Parcels&, const BlockPool*) = nullptr;
  /// A hash of the content that is the same whatever the dense ids.
  std::uint64_t (*content)(const Message&, const Parcels&, const BlockPool*) = nullptr;
  /// The bytes on the wire, envelope included.
  Bytes (*encode)(const Message&, const Parcels&, const BlockPool*) = nullptr;
  /// The message in the receiver's terms, nothing when the bytes are not a message of this kind. A parcel that is made has one reference.
  std::optional<Message> (*decode)(ByteView, Parcels&, BlockPool*) = nullptr;
};

/// The row of `kind` among `rows`, or nullptr.
inline const MessageKindRow* row_of(std::span<const MessageKindRow> rows, MessageKind kind) {
  for (const MessageKindRow& row : rows) {
    if (row.kind == kind) return &row;
  }
  return nullptr;
}

}  // namespace peerlab
