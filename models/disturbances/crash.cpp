// Power off. Memory and what was not synced to disk are lost; with `for` the machines come back at the end of it.
#include "models/disturbances/outage.h"
#include "models/disturbances/rows.h"

namespace peerlab {

DisturbanceRow crash_disturbance() {
  return {.name = "crash",
          .sentence = "Machines lose power, keeping what was synced to disk; with `for` they restart when it is over.",
          .make = make_outage};
}

}  // namespace peerlab
