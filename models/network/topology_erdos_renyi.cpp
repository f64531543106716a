// Every pair is linked with the same probability, such that nodes have `degree` links in the mean (Gilbert 1959).
//
// The pairs in their order (1,0), (2,0), (2,1), (3,0), ... are passed over in leaps of geometric length, so that the cost
// is that of the links and not of the pairs (Batagelj and Brandes 2005). Either end opens a link with equal chance.
#include <string>
#include <utility>
#include <vector>

#include "models/base/numeric.h"
#include "models/network/topology.h"

namespace peerlab {

namespace {

std::string check(const Params& params, std::uint32_t n) {
  const auto degree = static_cast<std::uint64_t>(params.whole("degree"));
  if (degree < n) return "";
  return "nodes cannot have " + std::to_string(degree) + " links in the mean when there are only " +
         std::to_string(n - 1) + " others.";
}

Parsed<Graph> make(const Params& params, std::uint32_t n, Stream& stream) {
  const double p = static_cast<double>(params.whole("degree")) / static_cast<double>(n - 1);
  // The log of the probability that a pair is not linked; with p = 1 every leap has length one.
  const double log_missing = p < 1 ? exact::log(1 - p) : -1e300;
  std::vector<Edge> edges;
  std::uint64_t row = 1;
  std::uint64_t column = 0;
  for (bool first = true; row < n; first = false) {
    const double leap = exact::log(stream.uniform_positive()) / log_missing;
    if (leap > 1e18) break;
    column += static_cast<std::uint64_t>(leap) + (first ? 0 : 1);
    while (row < n && column >= row) {
      column -= row;
      ++row;
    }
    if (row >= n) break;
    const auto a = static_cast<std::uint32_t>(row);
    const auto b = static_cast<std::uint32_t>(column);
    edges.push_back(stream.below(2) == 0 ? Edge{a, b} : Edge{b, a});
  }
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() { return {degree_field()}; }

}  // namespace

TopologyRow erdos_renyi_topology() {
  return {"erdos-renyi", "Every pair is linked with the same probability; `degree` is the mean.", fields, check, make};
}

}  // namespace peerlab
