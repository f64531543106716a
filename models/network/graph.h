// Who is linked to whom before anything happens: nodes 0 .. n-1 and undirected links, each opened by its first end.
//
// The links keep the order in which they were made, and a node's neighbours stand in the order of its links, so that
// nothing depends on memory layout. Neighbours lie in compressed rows: 12 bytes a node and 16 a link in all.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace peerlab {

/// A link. `from` asked for it: it is outbound for `from` and inbound for `to`.
struct Edge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  friend bool operator==(const Edge&, const Edge&) = default;
};

class Graph {
 public:
  Graph() = default;
  /// Every end must be below `nodes`, no link may join a node to itself, and no pair may be linked twice (CHECK on ends and
  /// loops; makers guarantee the rest).
  Graph(std::uint32_t nodes, std::vector<Edge> edges);

  [[nodiscard]] std::uint32_t nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<Edge>& edges() const { return edges_; }
  [[nodiscard]] std::span<const std::uint32_t> neighbours(std::uint32_t node) const {
    return {neighbours_.data() + first_[node], neighbours_.data() + first_[node + 1]};
  }
  [[nodiscard]] std::uint32_t degree(std::uint32_t node) const { return first_[node + 1] - first_[node]; }
  [[nodiscard]] bool linked(std::uint32_t a, std::uint32_t b) const;

 private:
  std::uint32_t nodes_ = 0;
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> first_{0};  ///< row of node i: neighbours_[first_[i] .. first_[i+1])
  std::vector<std::uint32_t> neighbours_;
};

}  // namespace peerlab
