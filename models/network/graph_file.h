// Graphs from and to files: GraphML (through Boost.Graph), and CSV with a `from,to` heading.
//
// CSV: one link a line, both ends whole numbers from 0; lines that are empty or begin with `#` are skipped. GraphML:
// nodes take the numbers 0, 1, ... in the order in which the file declares them.
// A reader returns the graph or a sentence that names the file and, where it can, the line.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "models/base/quantity.h"
#include "models/network/graph.h"

namespace peerlab {

/// Largest file that is read: 1 GiB.
inline constexpr std::uint64_t graph_file_most_bytes = std::uint64_t{1} << 30;

/// Reads `text`; `name` stands in the sentences. `nodes`: how many there must be; CSV numbers must stay below it, and
/// without it the largest number decides.
Parsed<Graph> read_graph_csv(std::string_view text, std::string_view name, std::optional<std::uint32_t> nodes);
Parsed<Graph> read_graphml(std::string_view text, std::string_view name, std::optional<std::uint32_t> nodes);
/// Reads the file at `path`: GraphML when its first character that is no space is `<`, CSV otherwise.
Parsed<Graph> read_graph_file(const std::string& path, std::optional<std::uint32_t> nodes);

std::string write_graph_csv(const Graph& graph);
/// What a file says of a node beside its number.
struct NodeLabel {
  std::string role;
  std::string region;
};
/// `labels`: one per node, or none at all.
std::string write_graphml(const Graph& graph, std::span<const NodeLabel> labels = {});

}  // namespace peerlab
