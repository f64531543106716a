// The table of the kinds of messages of a client-server system: size, content, encoding and decoding of each.
#pragma once

#include <span>

#include "models/node/message_kind_row.h"

namespace peerlab {

/// The rows, by rising kind; the last one is noise.
std::span<const MessageKindRow> central_message_kinds();

}  // namespace peerlab
