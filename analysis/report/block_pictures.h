// How the blocks of a result differ: the distribution of the time until nearly all nodes held one.
#pragma once

#include <vector>

#include "analysis/report/plots.h"

namespace peerlab {

/// One picture per cell in which some system has 20 blocks that 99 % of the nodes came to hold; all runs of a system together. None
/// for more than six cells, whose curves of spreading (plots.h) say it shorter.
std::vector<Picture> block_pictures(const ScenarioResult& result);

}  // namespace peerlab
