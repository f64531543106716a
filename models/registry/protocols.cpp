#include <vector>

#include "models/protocols/central_system.h"
#include "models/protocols/gossip_system.h"
#include "models/protocols/nakamoto.h"
#include "models/protocols/sharded_system.h"
#include "models/registry/registry.h"

namespace peerlab {

std::span<const ProtocolRow> protocols() {
  static const std::vector<ProtocolRow> rows = {
      nakamoto_row(),        // Nakamoto 2008: the most work wins
      gossip_store_row(),    // Demers et al. 1987: peers without a chain, the later writer wins
      sharded_store_row(),   // Cidon et al. 2013: peers without a chain, a few copies of each record
      central_server_row(),  // servers that keep everything, and clients that ask them
  };
  return rows;
}

const ProtocolRow* find_protocol(std::string_view name) {
  for (const ProtocolRow& row : protocols()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace peerlab
