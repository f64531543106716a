// What the host counted by itself, handed over once, at the end of a run: what every machine moved, computed and kept.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/base/time.h"

namespace peerlab {

struct MachineTotals {
  std::uint64_t bytes_sent = 0;  ///< on the wire, envelopes included; what was lost on the way included
  std::uint64_t bytes_received = 0;
  std::uint64_t messages_sent = 0;
  std::uint64_t messages_received = 0;
  std::uint64_t messages_lost = 0;  ///< of those sent: loss, cuts, machines that were off
  std::uint64_t disk_bytes = 0;     ///< on its disk at the end
  Duration cpu{};                   ///< priced CPU time; 0 where the CPU is free
  double hashes = 0;                ///< modelled hashes drawn by its miners
  Duration on_line{};
};

/// All messages of one kind.
struct KindTotals {
  std::string name;
  std::uint64_t messages = 0;  ///< sent
  std::uint64_t bytes = 0;
};

struct Totals {
  std::vector<MachineTotals> machines;  ///< by MachineId
  std::vector<KindTotals> kinds;        ///< in the order of the table of message kinds, only those that occurred
  std::uint64_t events = 0;             ///< handled by the engine
};

}  // namespace peerlab
