// The table of the kinds of messages that replication uses: size, content, encoding and decoding of each.
#pragma once

#include <optional>
#include <span>

#include "models/node/message_kind_row.h"

namespace peerlab {

/// The rows, by rising kind; the last one is noise.
std::span<const MessageKindRow> replication_message_kinds();

/// Reads whatever came: the message its envelope names, or noise when it is none. What a host with real sockets calls.
Message decode_replication(ByteView bytes, Parcels& parcels, BlockPool* pool);

}  // namespace peerlab
