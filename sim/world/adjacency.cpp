#include "sim/world/adjacency.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {

Adjacency::Adjacency(std::size_t nodes, std::span<const std::pair<NodeId, NodeId>> edges) : rows_(nodes) {
  for (const auto& [a, b] : edges) {
    CHECK(a.index() < nodes);
    CHECK(b.index() < nodes);
    ++rows_[a.index()].room;
    ++rows_[b.index()].room;
  }
  std::uint32_t begin = 0;
  for (Row& row : rows_) {
    row.begin = begin;
    begin += row.room;
  }
  peers_.resize(begin);
  for (const auto& [a, b] : edges) {
    Row& ra = rows_[a.index()];
    peers_[ra.begin + ra.count++] = b;
    Row& rb = rows_[b.index()];
    peers_[rb.begin + rb.count++] = a;
  }
}

bool Adjacency::open(NodeId a, NodeId b) {
  if (a == b || linked(a, b)) return false;
  put(a, b);
  put(b, a);
  return true;
}

bool Adjacency::close(NodeId a, NodeId b) {
  const std::uint32_t at_a = place(a, b);
  if (at_a == no_place) return false;
  const std::uint32_t at_b = place(b, a);
  CHECK_SAYING(at_b != no_place, "a link stands in both rows or in neither");
  peers_[rows_[a.index()].begin + at_a] = nobody;
  peers_[rows_[b.index()].begin + at_b] = nobody;
  return true;
}

void Adjacency::put(NodeId in, NodeId peer) {
  Row& row = rows_[in.index()];
  const auto begin = peers_.begin() + row.begin;
  const auto gap = std::find(begin, begin + row.count, nobody);
  if (gap != begin + row.count) {
    *gap = peer;
    return;
  }
  if (row.count == row.room) {
    const std::uint32_t room = row.room + row.room / 2 + 2;
    const auto moved = static_cast<std::uint32_t>(peers_.size());
    peers_.resize(peers_.size() + room);
    std::copy_n(peers_.begin() + row.begin, row.count, peers_.begin() + moved);
    row.begin = moved;
    row.room = room;
  }
  peers_[row.begin + row.count++] = peer;
}

}  // namespace peerlab
