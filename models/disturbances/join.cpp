// Machines that are absent at first and take part from `at` on.
#include "models/disturbances/outage.h"
#include "models/disturbances/rows.h"

namespace peerlab {

DisturbanceRow join_disturbance() {
  return {.name = "join",
          .sentence = "Machines are absent from the start of the run and join at `at`, empty.",
          .until_at = true,
          .make = make_outage};
}

}  // namespace peerlab
