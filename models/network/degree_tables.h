// How many links nodes open, as cumulative shares for 1, 2, ... 20 links.
//
// The tables of the SimBlock simulator (NetworkConfiguration.java, after Miller et al. 2015, "Discovering Bitcoin's
// public topology and influential nodes"); models/network/data/outbound_degree_cdf.csv holds them with their source.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace peerlab {

struct DegreeTable {
  std::string_view name;
  std::string_view column;  ///< of the data file
  std::array<double, 20> cumulative;

  /// The number of links at `p` in [0, 1): the smallest one whose cumulative share exceeds p.
  [[nodiscard]] std::uint32_t at(double p) const {
    std::uint32_t links = 1;
    while (links < cumulative.size() && p >= cumulative[links - 1]) ++links;
    return links;
  }
};

std::span<const DegreeTable> degree_tables();

}  // namespace peerlab
