// What nodes that choose their neighbours themselves tell of their outbound slots. Nodes on a graph that the scenario draws
// tell nothing of the kind.
#pragma once

#include "models/node/happening.h"

namespace peerlab::happened {

/// A link that this node asked for took one of its outbound slots. subject: the peer; amount: slots taken now; detail: slots it has.
inline constexpr HappeningKind outbound_opened = happening("outbound opened");
/// A slot is free again. subject: the peer that held it; amount: slots taken now; detail: slots it has.
inline constexpr HappeningKind outbound_closed = happening("outbound closed");

}  // namespace peerlab::happened
