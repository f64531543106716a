// The ledger as a whole: blocks mined, in the main chain, refused; the share that was wasted; how deep histories changed.
//
//   stale.per_mined  blocks not in the settled main chain / blocks mined; those of the last `settle` are left out of both
//   blocks           counts over the whole run, and the mean time between main-chain blocks
//   reorg            blocks undone by one change of branch, sampled in [warmup, end], on stores
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

std::unique_ptr<Measure> make_stale(std::string_view argument);
std::unique_ptr<Measure> make_blocks(std::string_view argument);
std::unique_ptr<Measure> make_reorg(std::string_view argument);
std::unique_ptr<Measure> make_mined(std::string_view argument);  ///< mined.cpp

}  // namespace peerlab
