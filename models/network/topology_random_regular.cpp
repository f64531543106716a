// Every node has the same number of links, and otherwise chance decides: the pairing model (Bollobas 1980) with repair.
//
// Each node holds `degree` stubs; the stubs are shuffled and paired. A pair that would be a loop or a double link is
// exchanged with a random link so that all degrees stay. Above half of all possible links the complement is made instead.
// The first end of a pair opens the link. Costs a few hundred nanoseconds a link.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/base/check.h"
#include "models/network/topology.h"

namespace peerlab {

namespace {

// Rows of at most `degree` neighbours, in one piece of memory.
class Pairing {
 public:
  Pairing(std::uint32_t nodes, std::uint32_t degree)
      : degree_(degree), rows_(std::size_t{nodes} * degree), count_(nodes, 0) {}

  [[nodiscard]] bool can_link(std::uint32_t a, std::uint32_t b) const {
    if (a == b) return false;
    for (std::uint32_t i = 0; i < count_[a]; ++i) {
      if (row(a)[i] == b) return false;
    }
    return true;
  }
  void link(std::uint32_t a, std::uint32_t b) {
    row(a)[count_[a]++] = b;
    row(b)[count_[b]++] = a;
  }
  void unlink(std::uint32_t a, std::uint32_t b) {
    remove(a, b);
    remove(b, a);
  }

 private:
  [[nodiscard]] const std::uint32_t* row(std::uint32_t node) const {
    return rows_.data() + std::size_t{node} * degree_;
  }
  [[nodiscard]] std::uint32_t* row(std::uint32_t node) { return rows_.data() + std::size_t{node} * degree_; }
  void remove(std::uint32_t node, std::uint32_t neighbour) {
    std::uint32_t i = 0;
    while (row(node)[i] != neighbour) ++i;
    row(node)[i] = row(node)[--count_[node]];
  }
  std::uint32_t degree_;
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint32_t> count_;
};

// Puts the bad pair in by opening a random link: u-v and x-y become u-x and v-y. Nothing fits: false.
bool exchange(const Edge& bad, Pairing& rows, std::vector<Edge>& edges, Stream& stream) {
  for (int attempt = 0; attempt < 1000 && !edges.empty(); ++attempt) {
    Edge& chosen = edges[stream.below(edges.size())];
    const bool turned = stream.below(2) == 1;
    const std::uint32_t x = turned ? chosen.to : chosen.from;
    const std::uint32_t y = turned ? chosen.from : chosen.to;
    if (!rows.can_link(bad.from, x) || !rows.can_link(bad.to, y)) continue;
    if (bad.from == y && bad.to == x) continue;  // both new links would be the same
    rows.unlink(x, y);
    rows.link(bad.from, x);
    rows.link(bad.to, y);
    chosen = {bad.from, x};
    edges.push_back({bad.to, y});
    return true;
  }
  return false;
}

std::optional<std::vector<Edge>> paired(std::uint32_t n, std::uint32_t degree, Stream& stream) {
  std::vector<std::uint32_t> stubs;
  stubs.reserve(std::size_t{n} * degree);
  for (std::uint32_t node = 0; node < n; ++node) stubs.insert(stubs.end(), degree, node);
  stream.shuffle(stubs);

  Pairing rows(n, degree);
  std::vector<Edge> edges;
  std::vector<Edge> bad;
  edges.reserve(stubs.size() / 2);
  for (std::size_t i = 0; i + 1 < stubs.size(); i += 2) {
    const Edge edge{stubs[i], stubs[i + 1]};
    if (rows.can_link(edge.from, edge.to)) {
      rows.link(edge.from, edge.to);
      edges.push_back(edge);
    } else {
      bad.push_back(edge);
    }
  }
  for (const Edge& edge : bad) {
    if (!exchange(edge, rows, edges, stream)) return std::nullopt;
  }
  return edges;
}

// All links that `graph` does not have, opened by either end with equal chance.
std::vector<Edge> complement(const Graph& graph, Stream& stream) {
  std::vector<Edge> edges;
  for (std::uint32_t a = 0; a < graph.nodes(); ++a) {
    std::vector<bool> taken(graph.nodes(), false);
    for (const std::uint32_t b : graph.neighbours(a)) taken[b] = true;
    for (std::uint32_t b = a + 1; b < graph.nodes(); ++b) {
      if (taken[b]) continue;
      edges.push_back(stream.below(2) == 0 ? Edge{a, b} : Edge{b, a});
    }
  }
  return edges;
}

std::string check(const Params& params, std::uint32_t n) {
  const auto degree = static_cast<std::uint64_t>(params.whole("degree"));
  const std::string these = "a graph of " + std::to_string(n) + (n == 1 ? " node with " : " nodes with ") +
                            std::to_string(degree) + (degree == 1 ? " link each" : " links each");
  if (degree >= n) {
    const std::string others = n == 1   ? "is nobody else"
                               : n == 2 ? "is only 1 other"
                                        : "are only " + std::to_string(n - 1) + " others";
    return these + " does not exist: there " + others + ". Write a smaller `degree`, or more `users`.";
  }
  if (degree * n % 2 != 0)
    return these + " does not exist, because every link has two ends: make one of the numbers even.";
  return "";
}

Parsed<Graph> make(const Params& params, std::uint32_t n, Stream& stream) {
  const auto degree = static_cast<std::uint32_t>(params.whole("degree"));
  const bool dense = 2 * degree > n - 1;
  const std::uint32_t wanted = dense ? n - 1 - degree : degree;
  // A pairing of few nodes may have no way to be repaired; the next one has.
  std::optional<std::vector<Edge>> edges;
  for (int attempt = 0; attempt < 1000 && !edges; ++attempt) edges = paired(n, wanted, stream);
  CHECK_SAYING(edges.has_value(), "no random regular graph was found");
  Graph graph(n, std::move(*edges));
  if (dense) return {Graph(n, complement(graph, stream)), ""};
  return {std::move(graph), ""};
}

Fields fields() { return {degree_field()}; }

}  // namespace

TopologyRow random_regular_topology() {
  return {"random-regular", "Every node has `degree` links to random others.", fields, check, make};
}

}  // namespace peerlab
