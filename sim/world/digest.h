// The digest of a run: what every node received, when, folded per node and combined in node order.
//
// A node's part folds (time, kind, content) of each message, request, link and lottery win that its handlers saw;
// contents are hashes of what was sent, never dense indices. So the digest is the same at any thread count, on every compiler and processor, and
// whether nodes share one pool or not. Checkpoints by simulated time let two runs be bisected to their first difference.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/base/ids.h"
#include "models/base/random.h"
#include "models/base/time.h"

namespace peerlab {

/// The digest up to an instant.
struct Checkpoint {
  Time at;
  std::uint64_t digest = 0;
};

/// Folds one event into a node's part.
constexpr std::uint64_t fold(std::uint64_t part, Time at, std::uint32_t kind, std::uint64_t content) {
  const std::uint64_t what = (content ^ std::uint64_t{kind} << 56) * 0x9e3779b97f4a7c15ULL;
  return mix64(part + static_cast<std::uint64_t>(at.ns)) + what;
}

/// Combines the parts in node order.
inline std::uint64_t combine(std::uint64_t so_far, std::uint64_t part) {
  return mix64(so_far * 0x2545f4914f6cdd1dULL + part);
}

/// Sixteen hexadecimal digits.
std::string digest_text(std::uint64_t digest);

}  // namespace peerlab
