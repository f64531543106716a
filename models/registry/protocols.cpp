#include <vector>

#include "models/base/check.h"
#include "models/protocols/nakamoto.h"
#include "models/registry/registry.h"

namespace peerlab {
namespace {

struct Named {
  std::string_view name;
  ProtocolRow (*row)();
};
constexpr Named table[] = {
    {"nakamoto", nakamoto_row},  // Nakamoto 2008: the most work wins
};

}  // namespace

std::span<const ProtocolRow> protocols() {
  static const std::vector<ProtocolRow> rows = [] {
    std::vector<ProtocolRow> made;
    for (const Named& named : table) {
      made.push_back(named.row());
      CHECK_SAYING(made.back().name == named.name,
                   "a row of the table of protocols has another name than its protocol");
    }
    return made;
  }();
  return rows;
}

const ProtocolRow* find_protocol(std::string_view name) {
  for (const ProtocolRow& row : protocols()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace peerlab
