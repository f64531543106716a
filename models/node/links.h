// Who is connected to whom, as a node sees it: one row of places per node.
//
// A place keeps its number while the link lives; a closed link leaves `nobody` in its place until a later link takes it.
// So a node can keep something per link in an array beside its row. The host owns the rows and changes them only between
// handlers, and tells both ends through `connected` and `disconnected`.
#pragma once

#include <cstdint>
#include <span>

#include "models/base/ids.h"

namespace peerlab {

class Links {
 public:
  virtual ~Links() = default;
  /// The neighbours of `node` by place; `nobody` where a link was closed.
  [[nodiscard]] virtual std::span<const NodeId> of(NodeId node) const = 0;

  static constexpr std::uint32_t no_place = 0xffffffff;
  /// The place of `peer` in the row of `node`, or no_place. A short scan: rows hold tens of entries.
  [[nodiscard]] std::uint32_t place(NodeId node, NodeId peer) const {
    const std::span<const NodeId> row = of(node);
    for (std::uint32_t i = 0; i < row.size(); ++i) {
      if (row[i] == peer) return i;
    }
    return no_place;
  }
};

}  // namespace peerlab
