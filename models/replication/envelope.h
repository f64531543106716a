// The envelope of every message on the wire: Bitcoin's 24 bytes (protocol documentation, "Message structure").
//
//   magic 4 | command 12, padded with zeros | length of the payload 4 | first 4 bytes of its double SHA-256
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "models/base/bytes.h"

namespace peerlab {

inline constexpr std::uint32_t envelope_size = 24;
inline constexpr std::uint32_t envelope_magic = 0x42414c50;  // "PLAB"
/// No payload is longer: whatever claims to be is garbage.
inline constexpr std::uint32_t payload_limit = 32'000'000;

/// Envelope and payload. `command` has at most 12 characters.
Bytes enclose(std::string_view command, ByteView payload);
/// The payload of a message that carries `command`; nothing when magic, command, length or checksum are wrong.
std::optional<ByteView> payload_of(std::string_view command, ByteView message);

}  // namespace peerlab
