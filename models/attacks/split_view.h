// Split view: a machine tells two stories. Half of those who ask are told the truth, the others do not hear of the last write.
//
// What they are told was true once and bears all the right signatures, so that no reader can see by himself that something is kept
// from him. Only two readers who compare notes could, or a log that everybody can check.
#pragma once

#include "models/attacks/attack.h"

namespace peerlab {

/// The row of the table of attacks.
AttackRow split_view_row();

}  // namespace peerlab
