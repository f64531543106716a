#include "models/network/graph_measures.h"

#include <algorithm>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/property_map/property_map.hpp>
#include <utility>

namespace peerlab {

namespace {

// Every link in both directions: what Boost's searches walk on.
using Rows = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                boost::no_property, std::uint32_t, std::uint32_t>;

Rows rows_of(const Graph& graph) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> both_ways;
  both_ways.reserve(2 * graph.edges().size());
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
    for (const std::uint32_t neighbour : graph.neighbours(node)) both_ways.emplace_back(node, neighbour);
  }
  return {boost::edges_are_sorted, both_ways.begin(), both_ways.end(), graph.nodes()};
}

class DistanceWriter : public boost::default_bfs_visitor {
 public:
  explicit DistanceWriter(std::vector<std::uint32_t>& distance) : distance_(&distance) {}
  template <class E, class G>
  void tree_edge(E edge, const G& g) const {
    (*distance_)[boost::target(edge, g)] = (*distance_)[boost::source(edge, g)] + 1;
  }

 private:
  std::vector<std::uint32_t>* distance_;
};

std::vector<std::uint32_t> distances_on(const Rows& rows, std::uint32_t nodes, std::uint32_t source) {
  std::vector<std::uint32_t> distance(nodes, unreachable);
  distance[source] = 0;
  boost::breadth_first_search(rows, source, boost::visitor(DistanceWriter(distance)));
  return distance;
}

}  // namespace

std::uint32_t Components::largest() const {
  return static_cast<std::uint32_t>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
}

Components components(const Graph& graph) {
  std::vector<std::uint32_t> rank(graph.nodes());
  std::vector<std::uint32_t> parent(graph.nodes());
  using Entry = boost::iterator_property_map<std::uint32_t*, boost::typed_identity_property_map<std::uint32_t>>;
  boost::disjoint_sets<Entry, Entry> sets{Entry(rank.data()), Entry(parent.data())};
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) sets.make_set(node);
  for (const Edge& edge : graph.edges()) sets.union_set(edge.from, edge.to);

  // The representative of a set is Boost's choice; the number of a component is ours.
  Components found;
  constexpr std::uint32_t unnumbered = 0xffffffff;
  std::vector<std::uint32_t> number_of_set(graph.nodes(), unnumbered);
  found.of_node.resize(graph.nodes());
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
    std::uint32_t& number = number_of_set[sets.find_set(node)];
    if (number == unnumbered) {
      number = found.count();
      found.sizes.push_back(0);
    }
    found.of_node[node] = number;
    ++found.sizes[number];
  }
  return found;
}

std::vector<std::uint32_t> distances(const Graph& graph, std::uint32_t source) {
  return distances_on(rows_of(graph), graph.nodes(), source);
}

std::vector<std::uint32_t> eccentricities(const Graph& graph, const std::vector<std::uint32_t>& sources) {
  const Rows rows = rows_of(graph);
  std::vector<std::uint32_t> farthest;
  farthest.reserve(sources.size());
  for (const std::uint32_t source : sources) {
    std::uint32_t far = 0;
    for (const std::uint32_t distance : distances_on(rows, graph.nodes(), source)) {
      if (distance != unreachable) far = std::max(far, distance);
    }
    farthest.push_back(far);
  }
  return farthest;
}

DegreeStatistics degree_statistics(const Graph& graph) {
  DegreeStatistics s;
  if (graph.nodes() == 0) return s;
  s.least = unreachable;
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
    const std::uint32_t degree = graph.degree(node);
    s.least = std::min(s.least, degree);
    s.most = std::max(s.most, degree);
    if (degree >= s.histogram.size()) s.histogram.resize(degree + 1);
    ++s.histogram[degree];
  }
  s.mean = 2.0 * static_cast<double>(graph.edges().size()) / static_cast<double>(graph.nodes());
  return s;
}

std::vector<double> betweenness(const Graph& graph) {
  const Rows rows = rows_of(graph);
  std::vector<double> centrality(graph.nodes(), 0.0);
  boost::brandes_betweenness_centrality(
      rows, boost::make_iterator_property_map(centrality.begin(), boost::get(boost::vertex_index, rows)));
  for (double& value : centrality) value /= 2;  // both directions of every pair were walked
  return centrality;
}

}  // namespace peerlab
