// Everybody is linked with everybody; the one with the larger number opened the link.
#include <string>
#include <utility>
#include <vector>

#include "models/network/topology.h"

namespace peerlab {

namespace {

constexpr std::uint32_t most_nodes = 10'000;  // 50 million links

std::string check(const Params&, std::uint32_t n) {
  if (n <= most_nodes) return "";
  return "a full graph of " + std::to_string(n) +
         " nodes has more than 50 million links: at most 10000 nodes are allowed.";
}

Parsed<Graph> make(const Params&, std::uint32_t n, Stream&) {
  std::vector<Edge> edges;
  for (std::uint32_t node = 1; node < n; ++node) {
    for (std::uint32_t other = 0; other < node; ++other) edges.push_back({node, other});
  }
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() { return {}; }

}  // namespace

TopologyRow full_topology() { return {"full", "Everybody is linked with everybody.", fields, check, make}; }

}  // namespace peerlab
