#include <vector>

#include "models/attacks/bad_peer.h"
#include "models/registry/registry.h"

namespace peerlab {

std::span<const AttackRow> attacks() {
  static const std::vector<AttackRow> rows = {
      bad_peer_row(),  // invalid blocks and garbage for the neighbours
  };
  return rows;
}

const AttackRow* find_attack(std::string_view name) {
  for (const AttackRow& row : attacks()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace peerlab
