// Links under construction: who is linked to whom so far, for makers that must not link a pair twice.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace peerlab {

class LinkRows {
 public:
  /// `usual`: how many links most nodes will have, to make room for.
  LinkRows(std::uint32_t nodes, std::uint32_t usual) : rows_(nodes) {
    for (auto& row : rows_) row.reserve(usual);
  }

  [[nodiscard]] std::uint32_t degree(std::uint32_t node) const {
    return static_cast<std::uint32_t>(rows_[node].size());
  }
  /// Scans the row of a: name the node first whose links are being made, its row is in the cache.
  [[nodiscard]] bool linked(std::uint32_t a, std::uint32_t b) const {
    return std::find(rows_[a].begin(), rows_[a].end(), b) != rows_[a].end();
  }
  void link(std::uint32_t a, std::uint32_t b) {
    rows_[a].push_back(b);
    rows_[b].push_back(a);
  }
  void unlink(std::uint32_t a, std::uint32_t b) {
    remove(rows_[a], b);
    remove(rows_[b], a);
  }

 private:
  static void remove(std::vector<std::uint32_t>& row, std::uint32_t node) {
    *std::find(row.begin(), row.end(), node) = row.back();
    row.pop_back();
  }
  std::vector<std::vector<std::uint32_t>> rows_;
};

}  // namespace peerlab
