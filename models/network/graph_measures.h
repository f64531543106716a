// Simple facts about a graph, through Boost.Graph. Distances count links.
#pragma once

#include <cstdint>
#include <vector>

#include "models/network/graph.h"

namespace peerlab {

/// Which component each node belongs to: components are numbered from 0 in the order of their smallest node.
struct Components {
  std::vector<std::uint32_t> of_node;
  std::vector<std::uint32_t> sizes;
  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(sizes.size()); }
  /// The largest one; of equal ones the first.
  [[nodiscard]] std::uint32_t largest() const;
};
Components components(const Graph& graph);

inline constexpr std::uint32_t unreachable = 0xffffffff;
/// Links from `source` to every node; `unreachable` where no path leads.
std::vector<std::uint32_t> distances(const Graph& graph, std::uint32_t source);

/// The farthest reachable node's distance from each of `sources`: a sample of eccentricities, whose largest is a lower
/// bound of the diameter, and the diameter itself when every node is a source. Costs nodes + links per source.
std::vector<std::uint32_t> eccentricities(const Graph& graph, const std::vector<std::uint32_t>& sources);

struct DegreeStatistics {
  std::uint32_t least = 0;
  std::uint32_t most = 0;
  double mean = 0;
  std::vector<std::uint32_t> histogram;  ///< nodes by degree, 0 .. most
};
DegreeStatistics degree_statistics(const Graph& graph);

/// Betweenness of every node (Brandes 2001), each unordered pair counted once. Costs nodes x links.
std::vector<double> betweenness(const Graph& graph);

}  // namespace peerlab
