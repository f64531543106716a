// Block propagation: for each block, the time from its mining until 10 / 50 / 90 / 99 % of the eligible nodes held it; the
// figure of a run is the median over blocks. Eligible: stores on line from the mining until that instant. The miner
// holds its block at once. A share that is never reached counts as +infinity.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_propagation(std::string_view argument);

}  // namespace peerlab
