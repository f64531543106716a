// A core whose nodes are all linked with one another and with many others, and a periphery with as many links as peers of Bitcoin were
// seen to have: the network of the simulations of Gervais et al. 2016 (ACM CCS), where the core are the miners.
//
// Every core node is linked to all of the core and then to random others until it has `core_links`. Then each node of the periphery in
// turn draws how many links it wants in all, opened by others or not, and opens those that it lacks to random nodes that want more as well;
// where hardly anybody is left who does, it stays below. What it wants is uniform within the classes of models/network/data/
// gervais_connection_weights.csv (CoinScope's crawl of 2015): 10.4 in the mean.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "models/network/access.h"
#include "models/network/link_rows.h"
#include "models/network/topology.h"

namespace peerlab {

namespace {

/// From so many links to fewer than so many, and the share of the peers.
struct Class {
  std::uint32_t from;
  std::uint32_t to;
  double share;
};
constexpr std::array<Class, 6> classes = {
    {{1, 5, 0.10}, {5, 10, 0.40}, {10, 15, 0.30}, {15, 20, 0.13}, {20, 30, 0.06}, {30, 125, 0.01}}};

std::uint32_t draw_links(Stream& stream) {
  double p = stream.uniform();
  const double within = stream.uniform();
  for (const Class& one : classes) {
    if (p < one.share) return one.from + static_cast<std::uint32_t>(within * (one.to - one.from));
    p -= one.share;
  }
  return classes.back().from;
}

Parsed<Graph> make(const Params& params, std::uint32_t n, Stream& stream) {
  const std::uint32_t core = std::min(static_cast<std::uint32_t>(params.whole("core")), n);
  const std::uint32_t core_links = std::min(static_cast<std::uint32_t>(params.whole("core_links")), n - 1);
  constexpr std::uint32_t tries = 200;
  LinkRows rows(n, 24);
  std::vector<Edge> edges;
  const auto link = [&](std::uint32_t from, std::uint32_t to) {
    rows.link(from, to);
    edges.push_back({from, to});
  };
  std::vector<std::uint32_t> wants(n, core_links);
  for (std::uint32_t node = core; node < n; ++node) wants[node] = std::min(draw_links(stream), n - 1);
  for (std::uint32_t node = 0; node < core; ++node) {
    for (std::uint32_t other = 0; other < node; ++other) link(node, other);
  }
  const auto open = [&](std::uint32_t node, bool to_anybody) {
    for (std::uint32_t tried = 0; rows.degree(node) < wants[node] && tried < tries;) {
      const auto other = static_cast<std::uint32_t>(stream.below(n));
      const bool full = !to_anybody && rows.degree(other) >= wants[other];
      if (other == node || full || rows.linked(node, other)) {
        ++tried;
        continue;
      }
      link(node, other);
      tried = 0;
    }
  };
  for (std::uint32_t node = 0; node < core; ++node) open(node, true);
  for (std::uint32_t node = core; node < n; ++node) open(node, false);
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() {
  std::vector<std::string> accesses = {"as-others"};
  for (const AccessProfile& profile : access_profiles()) accesses.emplace_back(profile.name);
  return {
      field("core", Kind::whole, "16",
            "Nodes in the core of the topology core-periphery, the first ones; all where there are fewer.", "20", "1",
            "10000"),
      field("core_links", Kind::whole, "750",
            "Links of each of these, those among themselves included; to all others where there are fewer.", "75", "0",
            "100000"),
      field("core_access", Kind::choice, "as-others",
            "How the core is attached to the network: as the others, or by an access of its own.", "custom", "", "",
            accesses),
  };
}

}  // namespace

TopologyRow core_periphery_topology() {
  return {
      "core-periphery",
      "The first nodes are linked with one another and with many others, the rest as peers of Bitcoin were in 2015.",
      fields, always_possible, make};
}

}  // namespace peerlab
