#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <boost/property_tree/exceptions.hpp>
#include <boost/property_tree/xml_parser.hpp>
#include <exception>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "models/base/check.h"
#include "models/network/graph_file.h"
#include "models/network/graph_file_links.h"

namespace peerlab {

namespace {

// Undirected or bidirectional: both keep one list of links in the order in which these were added.
template <class Directed>
using BoostGraph = boost::adjacency_list<boost::vecS, boost::vecS, Directed>;

// The parser calls itself for every element within another, so depth is limited before it starts.
constexpr int most_depth = 64;

bool nested_too_deep(std::string_view text) {
  int depth = 0;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    if (text.substr(at, 4) == "<!--") {
      at = std::min(text.find("-->", at + 4), text.size());
      continue;
    }
    const std::size_t end = text.find('>', at);
    if (end == std::string_view::npos) return false;
    const char first = at + 1 < text.size() ? text[at + 1] : '>';
    if (first == '/') {
      --depth;
    } else if (first != '?' && first != '!' && text[end - 1] != '/') {
      if (++depth > most_depth) return true;
    }
    at = end;
  }
  return false;
}

template <class Directed>
std::pair<std::uint32_t, std::vector<FileLink>> links_of(std::string_view text) {
  BoostGraph<Directed> read;
  boost::dynamic_properties ignored(boost::ignore_other_properties);
  std::istringstream in{std::string(text)};
  boost::read_graphml(in, read, ignored);
  std::vector<FileLink> links;
  for (const auto& edge : boost::make_iterator_range(boost::edges(read))) {
    links.push_back({static_cast<std::uint32_t>(boost::source(edge, read)),
                     static_cast<std::uint32_t>(boost::target(edge, read)),
                     static_cast<std::uint32_t>(links.size() + 1)});
  }
  return {static_cast<std::uint32_t>(boost::num_vertices(read)), std::move(links)};
}

std::pair<std::uint32_t, std::vector<FileLink>> links_either_way(std::string_view text) {
  try {
    return links_of<boost::undirectedS>(text);
  } catch (const boost::directed_graph_error&) {
    return links_of<boost::bidirectionalS>(text);
  }
}

}  // namespace

Parsed<Graph> read_graphml(std::string_view text, std::string_view name, std::optional<std::uint32_t> nodes) {
  const auto fault = [&](const std::string& why) { return Parsed<Graph>{std::nullopt, std::string(name) + why}; };
  if (nested_too_deep(text)) return fault(": elements are nested more than 64 deep: this is no GraphML.");
  std::pair<std::uint32_t, std::vector<FileLink>> found;
  try {
    found = links_either_way(text);
  } catch (const boost::property_tree::xml_parser_error& e) {
    return fault(":" + std::to_string(e.line()) + ": this is not XML: " + e.message() + ".");
  } catch (const std::exception& e) {  // Boost has several kinds; each means that the file is no GraphML
    return fault(": this is not GraphML: " + std::string(e.what()) + ".");
  }
  if (nodes && found.first != *nodes) {
    return fault(": the graph has " + std::to_string(found.first) + " nodes, but there are " + std::to_string(*nodes) +
                 " users.");
  }
  return graph_from_links(found.second, found.first, name, "link");
}

std::string write_graphml(const Graph& graph, std::span<const NodeLabel> labels) {
  CHECK(labels.empty() || labels.size() == graph.nodes());
  BoostGraph<boost::undirectedS> out(graph.nodes());
  for (const Edge& edge : graph.edges()) boost::add_edge(edge.from, edge.to, out);
  boost::dynamic_properties properties;
  if (!labels.empty()) {
    const auto index = boost::get(boost::vertex_index, out);
    properties.property("role", boost::make_function_property_map<std::size_t>(
                                    [&](std::size_t v) { return labels[boost::get(index, v)].role; }));
    properties.property("region", boost::make_function_property_map<std::size_t>(
                                      [&](std::size_t v) { return labels[boost::get(index, v)].region; }));
  }
  std::ostringstream text;
  boost::write_graphml(text, out, properties);
  return text.str();
}

}  // namespace peerlab
