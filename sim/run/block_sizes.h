// Tells a recorder how large the blocks of a finished run are, as the pool that keeps their bodies has it.
#pragma once

#include "analysis/measures/recorder.h"
#include "models/ledger/pool.h"

namespace peerlab {

/// `pool` is null for a system without blocks.
void weigh_blocks(const BlockPool* pool, Recorder& recorder);

}  // namespace peerlab
