// Links as a file gives them, before they are known to make a graph.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "models/base/quantity.h"
#include "models/network/graph.h"

namespace peerlab {

struct FileLink {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t where = 0;  ///< line or running number in the file, from 1
};

/// The graph of these links, or a sentence about the first loop or double link. `unit` says what `where` counts.
Parsed<Graph> graph_from_links(const std::vector<FileLink>& links, std::uint32_t nodes, std::string_view name,
                               std::string_view unit);

}  // namespace peerlab
