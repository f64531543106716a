// Node 0 is in the middle, and all others open a link to it.
#include <string>
#include <utility>
#include <vector>

#include "models/network/topology.h"

namespace peerlab {

namespace {

Parsed<Graph> make(const Params&, std::uint32_t n, Stream&) {
  std::vector<Edge> edges;
  for (std::uint32_t node = 1; node < n; ++node) edges.push_back({node, 0});
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() { return {}; }

}  // namespace

TopologyRow star_topology() {
  return {"star", "Everybody is linked with node 0 and nobody else.", fields, always_possible, make};
}

}  // namespace peerlab
