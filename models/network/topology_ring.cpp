// Every node opens a link to the next, the last one to the first.
#include <string>
#include <utility>
#include <vector>

#include "models/network/topology.h"

namespace peerlab {

namespace {

Parsed<Graph> make(const Params&, std::uint32_t n, Stream&) {
  std::vector<Edge> edges;
  for (std::uint32_t node = 0; node + 1 < n; ++node) edges.push_back({node, node + 1});
  if (n > 2) edges.push_back({n - 1, 0});
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() { return {}; }

}  // namespace

TopologyRow ring_topology() {
  return {"ring", "Every node is linked with the next, the last with the first.", fields, always_possible, make};
}

}  // namespace peerlab
