// Writes in an owner's name that he never asked for: what insider and phish ask nodes to do.
//
// Of the records whose contents lie on the machines taken, or are given to the owners whose keys are used, `records` are chosen by lots of their names. The deed is done to each once, a
// second apart: alter (an update with other content), give-away (a transfer to the next user) or erase. The node that is
// asked does what it can: a service whose operator asks it writes it down without a signature, a peer can sign for its own
// user only.
#pragma once

#include <vector>

#include "models/attacks/targets.h"
#include "models/node/attack_happening.h"

namespace peerlab {

/// act, records.
Fields forged_write_fields();

struct ForgedWrites {
  Deed deed = Deed::alter;
  std::uint32_t records = 0;

  explicit ForgedWrites(const Params& params);
  /// The requests, for records that lie on `machines` and that nobody has asked to give away, so that their owner is certain. Those of
  /// users in `only` alone unless that is empty, never those of users in `not_of`. Rising numbers from `first` on.
  [[nodiscard]] std::vector<Request> plan(Reach& reach, std::span<const MachineId> machines,
                                          std::span<const UserId> only, std::span<const UserId> not_of,
                                          std::uint32_t first) const;
};

}  // namespace peerlab
