// What work costs in CPU time. Every machine has one core that does one thing at a time and queues the rest.
//
// The defaults were measured on the reference machine (one core of a 2-core cloud server, AMD EPYC): a BIP340 check
// 37 us, an 80-byte double SHA-256 150 ns, and so on; `./peerlab bench validation` prints them for yours. `speed` scales
// them all: 50 % is a machine half as fast.
#pragma once

#include "models/base/field.h"
#include "models/node/work.h"

namespace peerlab {

struct CostTable {
  bool free = false;   ///< true: CPU time costs nothing and no machine is ever busy
  double speed = 1;    ///< of the reference machine
  Duration message{};  ///< each message, timer or request handled
  Duration signature_check{};
  Duration signature_made{};
  Duration header{};      ///< an 80-byte header: hash and rules
  Duration state_step{};  ///< an output looked up, created or spent
  Duration sync{};        ///< until the disk has kept what was written
  double hash_ns_per_byte = 0;
  double code_ns_per_byte = 0;  ///< encoding, decoding, sealing, opening
  double disk_ns_per_byte = 0;  ///< read or written

  /// CPU time for `work`, the fixed price of one message included. Zero when free.
  [[nodiscard]] Duration price(const Work& work) const;

  static CostTable from(const Params& params);
};

/// The `cpu:` section of a scenario.
Fields cost_fields();

}  // namespace peerlab
