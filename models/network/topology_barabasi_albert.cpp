// Nodes join one by one and link to those that are linked already, in proportion to their links (Barabasi and Albert 1999):
// few hubs, many leaves. `degree` is twice the number of links that a newcomer opens, and so nearly the mean.
//
// It begins with a full graph of degree/2 + 1 nodes. Every end of a link stands once in a list, so that a uniform draw
// from the list is a draw in proportion to the links; a newcomer draws again until its choices differ.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "models/network/topology.h"

namespace peerlab {

namespace {

std::string check(const Params& params, std::uint32_t n) {
  const auto degree = static_cast<std::uint64_t>(params.whole("degree"));
  if (degree % 2 != 0) return "a newcomer opens half of `degree` links: make it even.";
  if (degree / 2 < n) return "";
  return "a newcomer cannot open " + std::to_string(degree / 2) + " links when there are only " +
         std::to_string(n - 1) + " others.";
}

Parsed<Graph> make(const Params& params, std::uint32_t n, Stream& stream) {
  const auto opened = static_cast<std::uint32_t>(params.whole("degree")) / 2;
  std::vector<Edge> edges;
  std::vector<std::uint32_t> ends;
  const auto link = [&](std::uint32_t from, std::uint32_t to) {
    edges.push_back({from, to});
    ends.push_back(from);
    ends.push_back(to);
  };
  for (std::uint32_t node = 1; node <= opened; ++node) {
    for (std::uint32_t other = 0; other < node; ++other) link(node, other);
  }
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t node = opened + 1; node < n; ++node) {
    chosen.clear();
    while (chosen.size() < opened) {
      const std::uint32_t other = ends[stream.below(ends.size())];
      if (std::find(chosen.begin(), chosen.end(), other) == chosen.end()) chosen.push_back(other);
    }
    for (const std::uint32_t other : chosen) link(node, other);
  }
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() { return {degree_field()}; }

}  // namespace

TopologyRow barabasi_albert_topology() {
  return {"barabasi-albert", "Newcomers link to nodes in proportion to the links these have: few hubs, many leaves.",
          fields, check, make};
}

}  // namespace peerlab
