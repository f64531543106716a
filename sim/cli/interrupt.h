// Ctrl-C: the first asks for an orderly end, the second ends the program at once.
#pragma once

#include <atomic>

namespace peerlab {

/// Catches SIGINT and SIGTERM, and makes a closed pipe an error of writing instead of a sudden death.
void watch_for_interrupts();
/// True since the first interrupt.
const std::atomic<bool>& interrupted();

}  // namespace peerlab
