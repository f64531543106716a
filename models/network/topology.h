// The table of topologies: who is linked to whom. One row a topology, one file each.
//
// All of them draw from our own streams: Boost.Graph's generators draw from boost::random, which promises nothing about
// the values on another version. A maker returns a graph without loops and double links, in one or more pieces
// (connectivity.h deals with those), or a sentence when the parameters contradict each other.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "models/base/field.h"
#include "models/base/random.h"
#include "models/network/graph.h"

namespace peerlab {

struct TopologyRow {
  std::string_view name;
  std::string_view sentence;
  Fields (*fields)() = nullptr;  ///< what of `network:` it reads
  /// What contradicts what, as a sentence; empty when n nodes can be linked so. Cheap, except for files.
  std::string (*check)(const Params&, std::uint32_t n) = nullptr;
  /// A graph of n nodes; `check` must have been content. Its links are a pure function of the parameters, n and the stream.
  Parsed<Graph> (*make)(const Params&, std::uint32_t n, Stream&) = nullptr;
};

TopologyRow random_regular_topology();   ///< topology_random_regular.cpp
TopologyRow degree_table_topology();     ///< topology_degree_table.cpp
TopologyRow erdos_renyi_topology();      ///< topology_erdos_renyi.cpp
TopologyRow watts_strogatz_topology();   ///< topology_watts_strogatz.cpp
TopologyRow barabasi_albert_topology();  ///< topology_barabasi_albert.cpp
TopologyRow core_periphery_topology();   ///< topology_core_periphery.cpp
TopologyRow full_topology();             ///< topology_full.cpp
TopologyRow ring_topology();             ///< topology_ring.cpp
TopologyRow line_topology();             ///< topology_line.cpp
TopologyRow grid_topology();             ///< topology_grid.cpp
TopologyRow star_topology();             ///< topology_star.cpp
TopologyRow file_topology();             ///< topology_file.cpp

/// All topologies, in the order a reader should meet them.
std::span<const TopologyRow> topologies();
/// The row of that name, or nullptr.
const TopologyRow* find_topology(std::string_view name);

/// `degree`, which most of them read: links per node, or their mean.
Field degree_field();
/// A check for topologies that can always be made.
std::string always_possible(const Params& params, std::uint32_t n);

}  // namespace peerlab
