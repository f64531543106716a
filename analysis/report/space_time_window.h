// Which stretch of a run a space-time diagram shows: one in which something happens, short enough that single messages can be told apart.
//
// By preference it begins where a second block is found at one height, where a fault begins, where the first block is found, where a log
// gets its first entry, or with the first message; a little before a fault and an entry. It ends after a few dozen messages, or earlier
// where nothing is sent for much longer than all has taken so far.
#pragma once

#include <string>

#include "analysis/report/recorded_run.h"

namespace peerlab {

struct SpaceTimeWindow {
  double from = 0;    ///< seconds of the run
  double to = 0;      ///< after `from`
  double moment = 0;  ///< what it is about happens then
  std::string what;   ///< "block 12 is found"
};

/// The run has messages.
SpaceTimeWindow space_time_window(const RecordedRun& run);

}  // namespace peerlab
