#include "models/network/connectivity.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "models/base/check.h"
#include "models/network/graph_measures.h"

namespace peerlab {

namespace {

// Members of the largest component from the lowest degree up, and the lowest member of every other one.
struct Ends {
  std::vector<std::uint32_t> of_largest;
  std::vector<std::uint32_t> of_component;
};

Ends ends_of(const Graph& graph, const Components& pieces) {
  constexpr std::uint32_t none = 0xffffffff;
  Ends ends;
  ends.of_component.assign(pieces.count(), none);
  const std::uint32_t largest = pieces.largest();
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
    const std::uint32_t piece = pieces.of_node[node];
    if (piece == largest) {
      ends.of_largest.push_back(node);
    } else if (std::uint32_t& best = ends.of_component[piece];
               best == none || graph.degree(node) < graph.degree(best)) {
      best = node;
    }
  }
  std::sort(ends.of_largest.begin(), ends.of_largest.end(), [&](std::uint32_t a, std::uint32_t b) {
    return graph.degree(a) != graph.degree(b) ? graph.degree(a) < graph.degree(b) : a < b;
  });
  return ends;
}

Graph repaired(const Graph& graph, const Components& pieces) {
  const Ends ends = ends_of(graph, pieces);
  std::vector<Edge> edges = graph.edges();
  std::size_t turn = 0;  // one new link for each member of the largest in turn
  for (std::uint32_t piece = 0; piece < pieces.count(); ++piece) {
    if (piece == pieces.largest()) continue;
    edges.push_back({ends.of_component[piece], ends.of_largest[turn++ % ends.of_largest.size()]});
  }
  return {graph.nodes(), std::move(edges)};
}

}  // namespace

Connectivity connectivity_from(std::string_view name) {
  if (name == "repair") return Connectivity::repair;
  if (name == "refuse") return Connectivity::refuse;
  CHECK(name == "as-is");
  return Connectivity::as_is;
}

Parsed<Graph> connect(Graph graph, Connectivity policy) {
  if (policy == Connectivity::as_is || graph.nodes() < 2) return {std::move(graph), ""};
  const Components pieces = components(graph);
  if (pieces.count() == 1) return {std::move(graph), ""};
  if (policy == Connectivity::refuse) {
    return {{},
            "the graph is in " + std::to_string(pieces.count()) + " pieces, the largest of " +
                std::to_string(pieces.sizes[pieces.largest()]) +
                " nodes: `connected: repair` joins them, `as-is` leaves them."};
  }
  return {repaired(graph, pieces), ""};
}

}  // namespace peerlab
