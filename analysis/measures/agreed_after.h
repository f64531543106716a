// Time to agreement after a fault: from its heal until 99 % (and until 100 %) of the on-line stores share one state and keep
// it for one block interval or one minute, whichever is shorter.
//
// The shorter one, because the next block ends any common state by itself: waiting for a whole block interval without a
// block would measure the lottery. A fault that never began was no challenge. One that recurs is judged by its slowest
// recovery. What is not reached before the end is censored: `> x`.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_agreed_after(std::string_view argument);

}  // namespace peerlab
