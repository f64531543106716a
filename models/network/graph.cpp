#include "models/network/graph.h"

#include <algorithm>
#include <utility>

#include "models/base/check.h"

namespace peerlab {

Graph::Graph(std::uint32_t nodes, std::vector<Edge> edges) : nodes_(nodes), edges_(std::move(edges)) {
  CHECK(edges_.size() < std::size_t{1} << 31);
  first_.assign(std::size_t{nodes} + 1, 0);
  for (const Edge& edge : edges_) {
    CHECK(edge.from < nodes);
    CHECK(edge.to < nodes);
    CHECK(edge.from != edge.to);
    ++first_[edge.from + 1];
    ++first_[edge.to + 1];
  }
  for (std::uint32_t i = 0; i < nodes; ++i) first_[i + 1] += first_[i];
  neighbours_.resize(2 * edges_.size());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (const Edge& edge : edges_) {
    neighbours_[next[edge.from]++] = edge.to;
    neighbours_[next[edge.to]++] = edge.from;
  }
}

bool Graph::linked(std::uint32_t a, std::uint32_t b) const {
  if (degree(b) < degree(a)) std::swap(a, b);
  const auto row = neighbours(a);
  return std::find(row.begin(), row.end(), b) != row.end();
}

}  // namespace peerlab
