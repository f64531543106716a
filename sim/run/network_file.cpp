#include "sim/run/network_file.h"

#include "models/network/graph_file.h"

namespace peerlab {

std::string network_graphml(const Built& built) {
  std::vector<Edge> edges;
  edges.reserve(built.plan.links.size());
  for (const auto& [from, to] : built.plan.links) edges.push_back({from.value, to.value});
  std::vector<NodeLabel> labels;
  labels.reserve(built.cast.nodes.size());
  for (const CastNode& node : built.cast.nodes) {
    labels.push_back({built.cast.roles[node.role], built.cast.regions[node.region.index()]});
  }
  return write_graphml(Graph(static_cast<std::uint32_t>(labels.size()), std::move(edges)), labels);
}

}  // namespace peerlab
