// SipHash-2-4 (Aumasson and Bernstein 2012): a short keyed hash, used for the short transaction ids of compact blocks.
#pragma once

#include <cstdint>

#include "models/base/bytes.h"

namespace peerlab {

/// SipHash-2-4 of `data` under the 128-bit key (k0, k1). About 20 ns for 32 bytes.
std::uint64_t siphash(std::uint64_t k0, std::uint64_t k1, ByteView data);

}  // namespace peerlab
