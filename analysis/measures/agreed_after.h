// Time to agreement after a fault: from its heal until 99 % (and until 100 %) of the on-line stores share a state and keep it for one
// block interval or one minute, whichever is shorter.
//
// They share a state when it is in the histories of that many, and is either where that many stand, or no lower than where the
// highest of them stood at the heal: then nobody lacks what was there when the fault ended. They keep it while it stays in the
// histories of that many: a block or a write on top of it keeps it, a move to a branch without it does not, and a
// machine that comes back without it counts until it has caught up. So a log that grows every second is asked what a chain is
// asked: not to stand still, but not to go back.
//
// A fault that never began was no challenge. One that recurs is judged by its slowest recovery. What is not reached before the
// end is censored: `> x`.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_agreed_after(std::string_view argument);

}  // namespace peerlab
