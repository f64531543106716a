#include <vector>

#include "models/attacks/bad_peer.h"
#include "models/base/check.h"
#include "models/registry/registry.h"

namespace peerlab {
namespace {

struct Named {
  std::string_view name;
  AttackRow (*row)();
};
constexpr Named table[] = {
    {"bad-peer", bad_peer_row},  // invalid blocks and garbage for the neighbours
};

}  // namespace

std::span<const AttackRow> attacks() {
  static const std::vector<AttackRow> rows = [] {
    std::vector<AttackRow> made;
    for (const Named& named : table) {
      made.push_back(named.row());
      CHECK_SAYING(made.back().name == named.name, "a row of the table of attacks has another name than its attack");
    }
    return made;
  }();
  return rows;
}

const AttackRow* find_attack(std::string_view name) {
  for (const AttackRow& row : attacks()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace peerlab
