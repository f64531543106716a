// Bytes as a server's disk keeps them, so that a torn or rotten piece is known: length 4 | checksum 4 | body.
//
// The checksum is the first 4 bytes of the body's SHA-256.
#pragma once

#include <optional>

#include "models/base/bytes.h"

namespace peerlab {

Bytes with_checksum(const Bytes& body);
/// The body, or nothing when the bytes are torn, too many or wrong. A view into `bytes`.
std::optional<ByteView> body_of(ByteView bytes);

}  // namespace peerlab
