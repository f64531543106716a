// The trees of a run taken apart by node: what one node knew of the history, and when.
#pragma once

#include <string_view>
#include <vector>

#include "analysis/report/files.h"

namespace peerlab {

/// Runs of more nodes have their trees in one file only.
inline constexpr std::size_t most_node_trees = 200;

/// `FOLDER/node-017.csv`, one per node that knew something, by number; `trees` is the CSV of all nodes, whose lines begin with the node.
/// Nothing where they are too many.
std::vector<ResultFile> node_trees(std::string_view folder, std::string_view trees);

}  // namespace peerlab
