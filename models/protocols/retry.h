// How long a client waits before it tries again: twice as long after each failure, up to a limit, times a factor between a half and one
// and a half, so that those who failed together do not come back together.
#pragma once

#include <algorithm>
#include <cstdint>

#include "models/base/random.h"
#include "models/base/time.h"

namespace peerlab {

/// The pause after `failures` failures, one or more.
inline Duration retry_pause(std::uint32_t failures, Duration first, Duration most, Stream& chance) {
  double pause = static_cast<double>(first.ns);
  const auto limit = static_cast<double>(most.ns);
  for (std::uint32_t i = 1; i < failures && pause < limit; ++i) pause *= 2;
  pause = std::min(pause, limit) * (0.5 + chance.uniform());
  return {static_cast<std::int64_t>(pause)};
}

}  // namespace peerlab
