#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "models/network/graph_file.h"
#include "models/network/graph_file_links.h"

namespace peerlab {

namespace {

constexpr std::uint32_t most_nodes = 1U << 24;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value >= most_nodes) return std::nullopt;
  return value;
}

}  // namespace

Parsed<Graph> read_graph_csv(std::string_view text, std::string_view name, std::optional<std::uint32_t> nodes) {
  std::vector<FileLink> links;
  bool heading = false;
  std::uint32_t largest = 0;
  std::uint32_t line_number = 0;
  const auto fault = [&](std::string_view why) {
    return Parsed<Graph>{std::nullopt, std::string(name) + ":" + std::to_string(line_number) + ": " + std::string(why)};
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    at = end + 1;
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    const auto comma = line.find(',');
    const std::string_view left = trimmed(line.substr(0, comma));
    const std::string_view right =
        comma == std::string_view::npos ? std::string_view{} : trimmed(line.substr(comma + 1));
    if (!heading) {
      if (left != "from" || right != "to") return fault("the first line must be the heading `from,to`.");
      heading = true;
      continue;
    }
    const auto from = number(left);
    const auto to = number(right);
    if (!from || !to) return fault("a link is written as two node numbers from 0, such as `0,1`.");
    largest = std::max({largest, *from, *to});
    if (nodes && largest >= *nodes) {
      return fault("node " + std::to_string(largest) + " does not exist: there are " + std::to_string(*nodes) +
                   " nodes, numbered from 0.");
    }
    links.push_back({*from, *to, line_number});
  }
  if (!heading) return {std::nullopt, std::string(name) + ": there is no heading `from,to`."};
  return graph_from_links(links, nodes.value_or(links.empty() ? 0 : largest + 1), name, "line");
}

std::string write_graph_csv(const Graph& graph) {
  std::string text = "from,to\n";
  for (const Edge& edge : graph.edges()) text += std::to_string(edge.from) + "," + std::to_string(edge.to) + "\n";
  return text;
}

}  // namespace peerlab
