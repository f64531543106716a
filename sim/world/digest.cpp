#include "sim/world/digest.h"

#include <array>

#include "models/base/bytes.h"

namespace peerlab {

std::string digest_text(std::uint64_t digest) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<std::uint8_t>(digest >> (56 - 8 * i));
  return to_hex(bytes);
}

}  // namespace peerlab
