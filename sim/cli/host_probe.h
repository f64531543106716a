// What the machine offers and what of it is used: the clock, memory of this process, memory that is free.
#pragma once

#include <cstdint>

#include "sim/run/estimate.h"

namespace peerlab {

/// Nanoseconds of a clock that never goes back.
std::int64_t host_clock();
HostProbe host_probe();
/// Bytes that can still be had without swapping; 0 when the machine does not say.
double memory_available();

}  // namespace peerlab
