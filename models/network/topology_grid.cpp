// Rows and columns: every node opens a link to its right and to its lower neighbour. The last row may be short.
#include <string>
#include <utility>
#include <vector>

#include "models/network/topology.h"

namespace peerlab {

namespace {

// The smallest square that holds n nodes.
std::uint32_t side_of_square(std::uint32_t n) {
  std::uint32_t side = 1;
  while (side * side < n) ++side;
  return side;
}

Parsed<Graph> make(const Params& params, std::uint32_t n, Stream&) {
  const auto asked = static_cast<std::uint32_t>(params.whole("columns"));
  const std::uint32_t columns = asked == 0 ? side_of_square(n) : asked;
  std::vector<Edge> edges;
  for (std::uint32_t node = 0; node < n; ++node) {
    if ((node + 1) % columns != 0 && node + 1 < n) edges.push_back({node, node + 1});
    if (columns < n - node) edges.push_back({node, node + columns});
  }
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() {
  return {field("columns", Kind::whole, "0", "Columns of the topology grid; 0 makes it as square as possible.", "10",
                "0", "16777200")};
}

}  // namespace

TopologyRow grid_topology() {
  return {"grid", "Rows and columns; every node is linked with its neighbours in both.", fields, always_possible, make};
}

}  // namespace peerlab
