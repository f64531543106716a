#include <array>
#include <string>

#include "models/network/topology.h"

namespace peerlab {

std::span<const TopologyRow> topologies() {
  static const std::array table = {
      random_regular_topology(),
      degree_table_topology(),
      erdos_renyi_topology(),
      watts_strogatz_topology(),
      barabasi_albert_topology(),
      core_periphery_topology(),
      full_topology(),
      ring_topology(),
      line_topology(),
      grid_topology(),
      star_topology(),
      file_topology(),
  };
  return table;
}

const TopologyRow* find_topology(std::string_view name) {
  for (const TopologyRow& row : topologies()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

Field degree_field() {
  return field("degree", Kind::whole, "8", "Links per node, or their mean, in topologies that have such a number.",
               "16", "1", "10000");
}

std::string always_possible(const Params&, std::uint32_t) { return ""; }

}  // namespace peerlab
