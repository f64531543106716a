// A ring where every node is linked with its `degree` nearest neighbours, of whose links a share leads elsewhere instead
// (Watts and Strogatz 1998): a small world.
//
// For every distance 1 .. degree/2 and every node in turn, the link to the neighbour at that distance keeps its first end
// and with probability `rewire` gets a uniformly random second one, never a loop or a double link.
#include <string>
#include <utility>
#include <vector>

#include "models/network/link_rows.h"
#include "models/network/topology.h"

namespace peerlab {

namespace {

std::string check(const Params& params, std::uint32_t n) {
  const auto degree = static_cast<std::uint64_t>(params.whole("degree"));
  if (degree % 2 != 0) return "in a ring every node has as many neighbours on either side: make `degree` even.";
  if (degree < n) return "";
  return "nodes cannot have " + std::to_string(degree) + " links when there are only " + std::to_string(n - 1) +
         " others.";
}

Parsed<Graph> make(const Params& params, std::uint32_t n, Stream& stream) {
  const auto reach = static_cast<std::uint32_t>(params.whole("degree")) / 2;
  const double rewired = params.share("rewire");
  LinkRows rows(n, 2 * reach + 4);
  std::vector<Edge> edges;
  for (std::uint32_t distance = 1; distance <= reach; ++distance) {
    for (std::uint32_t node = 0; node < n; ++node) {
      edges.push_back({node, (node + distance) % n});
      rows.link(node, (node + distance) % n);
    }
  }
  for (Edge& edge : edges) {
    const bool moves = stream.chance(rewired);
    if (!moves || rows.degree(edge.from) == n - 1) continue;
    auto other = static_cast<std::uint32_t>(stream.below(n));
    while (other == edge.from || rows.linked(edge.from, other)) other = static_cast<std::uint32_t>(stream.below(n));
    rows.unlink(edge.from, edge.to);
    rows.link(edge.from, other);
    edge.to = other;
  }
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() {
  return {degree_field(),
          field("rewire", Kind::share, "10 %",
                "Share of the ring's links that lead to a random node instead, in the topology watts-strogatz.", "25 %",
                "0 %", "100 %")};
}

}  // namespace

TopologyRow watts_strogatz_topology() {
  return {"watts-strogatz", "A ring of near neighbours of which a share `rewire` is replaced by random ones.", fields,
          check, make};
}

}  // namespace peerlab
