// Six regions of the world: how far apart they are, how fast their access links are, and where nodes stand.
//
// The tables are those of earlier simulators, for 2015, 2019 and 2021; models/network/data holds them as CSV with their
// sources, and a test compares. The latencies were measured as round trips (ping), and earlier simulators used them as
// one-way delays. Both readings are offered: see `reading` in the fields of the network.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "models/base/field.h"
#include "models/base/ids.h"

namespace peerlab {

inline constexpr std::size_t region_count = 6;

struct Region {
  std::string_view code;  ///< as scenarios write it: NA
  std::string_view name;  ///< as the data files write it: NORTH_AMERICA
};
/// In the order of the tables; RegionId is the place in this list.
std::span<const Region, region_count> regions();
/// The region of a code or a name, or an invalid id.
RegionId find_region(std::string_view code_or_name);

struct Geography {
  int year = 0;
  std::array<std::array<double, region_count>, region_count> latency_ms{};  ///< from, to; as published
  std::array<double, region_count> download_mbps{};
  std::array<double, region_count> upload_mbps{};
  std::array<double, region_count> node_share{};  ///< of Bitcoin's reachable nodes; sums to one
};
/// All tables, oldest first.
std::span<const Geography> geographies();
/// The table of that year (2015, 2019, 2021); another year is a fault of ours.
const Geography& geography(int year);
/// The table that the field `geography` of the network names.
const Geography& geography_of(const Params& network);

}  // namespace peerlab
