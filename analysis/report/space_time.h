// A space-time diagram (Lamport 1978): a line per node along time, a slanted line per message from its sender to its receiver.
//
// Kinds of messages differ in colour, dash and the sign at the arrival; what was dropped ends in a cross. Boxes on a node's line are
// blocks found or entries written, with their height; a line is broken while its machine is off; a band is a fault. Under the pointer a
// message says what it is, its size and how long it took.
#pragma once

#include <optional>

#include "analysis/report/plots.h"
#include "analysis/report/recorded_run.h"

namespace peerlab {

/// With more nodes the lines could not be told apart.
inline constexpr std::size_t most_nodes_in_space_time = 12;

/// Nothing where there are too many nodes, or no messages. `head` lends its id, title (what is shown is added), about and foot.
std::optional<Picture> space_time_picture(const RecordedRun& run, ChartHead head);

}  // namespace peerlab
