// Every node opens a link to the next: the longest way that n nodes can have.
#include <string>
#include <utility>
#include <vector>

#include "models/network/topology.h"

namespace peerlab {

namespace {

Parsed<Graph> make(const Params&, std::uint32_t n, Stream&) {
  std::vector<Edge> edges;
  for (std::uint32_t node = 0; node + 1 < n; ++node) edges.push_back({node, node + 1});
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() { return {}; }

}  // namespace

TopologyRow line_topology() { return {"line", "Every node is linked with the next.", fields, always_possible, make}; }

}  // namespace peerlab
