// Keeping silent: an attacker who takes part in everything and says nothing of blocks and transactions.
#pragma once

#include <span>

#include "models/node/node.h"

namespace peerlab {

/// The message brings news of the ledger: announces, sends or proves something.
[[nodiscard]] bool brings_news(MessageKind kind);
/// Takes out of `out` what would bring news to `victims`, and to everybody when there are none.
void keep_silent(Outbox& out, const Home& home, std::span<const NodeId> victims);

}  // namespace peerlab
