// The 64-bit content of messages: what digests fold in. Never made of dense references.
#pragma once

#include <cstdint>

#include "models/base/random.h"
#include "models/node/message.h"

namespace peerlab {

/// One step: a kind, what came before (or a name), and the next number. An inline message of one name is
/// content_of(kind, name, extra), a list folds its names from content_of(kind, 0, 0) on.
constexpr std::uint64_t content_of(MessageKind which, std::uint64_t before, std::uint64_t next) {
  return mix64(mix64(before + 0x9e3779b97f4a7c15ULL * (which + 1ULL)) ^ next * 0xd6e8feb86659fd93ULL);
}

}  // namespace peerlab
