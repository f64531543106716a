#include "analysis/report/node_trees.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

namespace peerlab {

std::vector<ResultFile> node_trees(std::string_view folder, std::string_view trees) {
  constexpr std::string_view line_end = "\r\n";
  const std::size_t head_end = trees.find(line_end);
  if (head_end == std::string_view::npos) return {};
  const std::string head(trees.substr(0, head_end + line_end.size()));
  trees.remove_prefix(head.size());
  std::map<std::uint32_t, std::string> by_node;
  while (!trees.empty()) {
    const std::string_view line = trees.substr(0, trees.find(line_end) + line_end.size());
    std::uint32_t node = 0;
    std::from_chars(line.data(), line.data() + line.size(), node);
    by_node.try_emplace(node, head).first->second += line;
    if (by_node.size() > most_node_trees) return {};
    trees.remove_prefix(line.size());
  }
  std::vector<ResultFile> files;
  for (auto& [node, text] : by_node) files.push_back({fmt::format("{}/node-{:03}.csv", folder, node), std::move(text)});
  return files;
}

}  // namespace peerlab
