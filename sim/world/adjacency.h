// The rows of links of all nodes, in one array. Rows grow by moving to the end, places stay where they are.
//
//  1. A link stands in both rows or in neither.
//  2. A place keeps its peer until the link is closed; then it holds `nobody` until a new link takes the first free place.
//  3. Rows are read by nodes during handlers and changed only between them.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/base/ids.h"
#include "models/node/links.h"

namespace peerlab {

class Adjacency final : public Links {
 public:
  /// Rows for `nodes` nodes and the given links. Neighbours stand in the order of `edges`.
  Adjacency(std::size_t nodes, std::span<const std::pair<NodeId, NodeId>> edges);

  [[nodiscard]] std::span<const NodeId> of(NodeId node) const override {
    const Row& row = rows_[node.index()];
    return {peers_.data() + row.begin, row.count};
  }
  /// `of` will soon be called: first where the row lies, then the row itself.
  void fetch_place(NodeId node) const { __builtin_prefetch(&rows_[node.index()]); }
  void fetch_row(NodeId node) const {
    const NodeId* const row = peers_.data() + rows_[node.index()].begin;
    __builtin_prefetch(row);
    __builtin_prefetch(row + 16);
  }
  /// Opens a link; false when it exists already or joins a node with itself.
  bool open(NodeId a, NodeId b);
  /// Closes a link; false when there is none.
  bool close(NodeId a, NodeId b);
  /// Looks in the shorter row: a server's may hold thousands.
  [[nodiscard]] bool linked(NodeId a, NodeId b) const {
    return (rows_[a.index()].count <= rows_[b.index()].count ? place(a, b) : place(b, a)) != no_place;
  }
  [[nodiscard]] std::size_t memory() const {
    return peers_.capacity() * sizeof(NodeId) + rows_.capacity() * sizeof(Row);
  }

 private:
  struct Row {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
    std::uint32_t room = 0;
  };
  void put(NodeId in, NodeId peer);
  std::vector<NodeId> peers_;
  std::vector<Row> rows_;
};

}  // namespace peerlab
