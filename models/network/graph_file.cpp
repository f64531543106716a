#include "models/network/graph_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <tuple>
#include <utility>

#include "models/network/graph_file_links.h"

namespace peerlab {

Parsed<Graph> graph_from_links(const std::vector<FileLink>& links, std::uint32_t nodes, std::string_view name,
                               std::string_view unit) {
  const auto fault = [&](std::uint32_t where, const std::string& why) {
    return Parsed<Graph>{std::nullopt,
                         std::string(name) + ": " + std::string(unit) + " " + std::to_string(where) + ": " + why};
  };
  std::vector<FileLink> sorted = links;
  for (FileLink& link : sorted) {
    if (link.from > link.to) std::swap(link.from, link.to);
  }
  std::sort(sorted.begin(), sorted.end(), [](const FileLink& a, const FileLink& b) {
    return std::tie(a.from, a.to, a.where) < std::tie(b.from, b.to, b.where);
  });
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const FileLink& link = sorted[i];
    if (link.from == link.to) return fault(link.where, "node " + std::to_string(link.from) + " is linked to itself.");
    if (i > 0 && sorted[i - 1].from == link.from && sorted[i - 1].to == link.to) {
      return fault(link.where, "the link between " + std::to_string(link.from) + " and " + std::to_string(link.to) +
                                   " was given before (" + std::string(unit) + " " +
                                   std::to_string(sorted[i - 1].where) + ").");
    }
  }
  std::vector<Edge> edges;
  edges.reserve(links.size());
  for (const FileLink& link : links) edges.push_back({link.from, link.to});
  return {Graph(nodes, std::move(edges)), ""};
}

Parsed<Graph> read_graph_file(const std::string& path, std::optional<std::uint32_t> nodes) {
  std::error_code error;
  if (path.empty()) return {std::nullopt, "no file is named: write `file: links.csv`."};
  if (!std::filesystem::is_regular_file(path, error)) return {std::nullopt, path + ": there is no such file."};
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size > graph_file_most_bytes) return {std::nullopt, path + ": the file is larger than 1 GiB."};
  std::ifstream in(path, std::ios::binary);
  std::string text(static_cast<std::size_t>(size), '\0');
  if (!in || !in.read(text.data(), static_cast<std::streamsize>(size)))
    return {std::nullopt, path + ": the file cannot be read."};
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return {std::nullopt, path + ": the file is empty."};
  return text[first] == '<' ? read_graphml(text, path, nodes) : read_graph_csv(text, path, nodes);
}

}  // namespace peerlab
