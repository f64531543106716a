#include "models/attacks/silence.h"

#include <algorithm>
#include <vector>

#include "models/protocols/light_messages.h"
#include "models/replication/messages.h"

namespace peerlab {

bool brings_news(MessageKind k) {
  switch (k) {
    case kind::block_inventory:
    case kind::block_body:
    case kind::compact_block:
    case kind::missing_transactions:
    case kind::headers:
    case kind::transaction_inventory:
    case kind::transaction:
    case kind::transaction_bundle:
    case kind::modelled_compact:
    case kind::modelled_rest:
    case kind::light_answer:
    case kind::proofs: return true;
    default: return false;
  }
}

void keep_silent(Outbox& out, const Home& home, std::span<const NodeId> victims) {
  const auto spared = [&](NodeId peer) {
    return !victims.empty() && std::find(victims.begin(), victims.end(), peer) == victims.end();
  };
  const std::span<const NodeId> row = home.links->of(home.self);
  std::vector<Wish> kept;
  for (const Wish& w : out.wishes()) {
    const bool speaks = (w.kind == Wish::Kind::send || w.kind == Wish::Kind::flood) && brings_news(w.message.kind);
    if (!speaks || (w.kind == Wish::Kind::send && spared(w.node))) {
      kept.push_back(w);
      continue;
    }
    std::uint32_t copies = 0;
    for (const NodeId peer : row) {
      if (w.kind != Wish::Kind::flood || !peer.valid() || peer == w.node || !spared(peer)) continue;
      Wish& one = kept.emplace_back(w);
      one.kind = Wish::Kind::send;
      one.node = peer;
      ++copies;
    }
    // The wish had one reference to what it carries; each of its copies needs one.
    if (copies == 0) {
      home.parcels->drop(w.message);
    } else {
      home.parcels->keep(w.message, copies - 1);
    }
  }
  out.wishes().swap(kept);
}

}  // namespace peerlab
