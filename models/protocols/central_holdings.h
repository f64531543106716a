// What lies on a server, as an auditor or a thief finds it: the contents of all writes in its log, erased and replaced
// ones included until the log is folded into a snapshot, which has the last version of each record that is not erased. What a
// later primary cut off is gone, what was torn by a power cut is not intact.
#pragma once

#include <span>

#include "models/node/holdings.h"
#include "models/protocols/central_log.h"

namespace peerlab {

/// Tells the content of one entry, if it brought one.
void show_entry(const LogEntry& entry, HoldingsSink& sink);
/// Tells the content of every record that a snapshot holds.
void show_snapshot(const Snapshot& snapshot, HoldingsSink& sink);
/// Tells a disk or a backup. Cost: a step for each entry.
void show_log(const Journal& journal, std::span<const DiskEntry> entries, HoldingsSink& sink);

}  // namespace peerlab
