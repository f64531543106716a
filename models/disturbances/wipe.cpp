// Power off, and the disk is gone. With `for` the machines come back empty.
#include "models/disturbances/outage.h"
#include "models/disturbances/rows.h"

namespace peerlab {

DisturbanceRow wipe_disturbance() {
  return {.name = "wipe",
          .sentence = "Machines lose power and their disks; with `for` they come back empty when it is over.",
          .takes_disks = true,
          .make = make_wiping_outage};
}

}  // namespace peerlab
