// What an attacker says of his attempts, for measures that judge them by what the honest peers ended up with.
#pragma once

#include "models/node/happening.h"

namespace peerlab::happened {

/// An attempt begins. subject: its number on this node, from 1 on; detail: low64 of the id of the block that its branch stands on.
inline constexpr HappeningKind attempt_began = happening("attempt began");
/// The attempt is over. subject: its number; amount: 1 when its branch is published, 0 when it was given up; detail: low64 of
/// the id of a block that is in the main chain exactly when the attempt succeeded, 0 without one.
inline constexpr HappeningKind attempt_ended = happening("attempt ended");

}  // namespace peerlab::happened
