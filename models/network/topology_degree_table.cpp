// Nodes open as many links as nodes of a measured network do: the topology of the SimBlock simulator.
//
// Each node in turn draws how many links it opens and opens them to as many distinct random others, passing over those
// that are linked with it in either direction; what others open is not limited. With the table bitcoin-2015 a node has
// 17.4 links in the mean, half of them opened by itself.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "models/base/check.h"
#include "models/network/degree_tables.h"
#include "models/network/link_rows.h"
#include "models/network/topology.h"

namespace peerlab {

std::span<const DegreeTable> degree_tables() {
  static const std::array<DegreeTable, 3> tables = {{
      {"bitcoin-2015", "bitcoin2015", {0.025, 0.05, 0.075, 0.1,  0.2,  0.3,  0.4,  0.5,  0.6,   0.7,
                                       0.8,   0.85, 0.9,   0.95, 0.97, 0.97, 0.98, 0.99, 0.995, 1.0}},
      {"litecoin", "litecoin", {0.01, 0.02, 0.04, 0.07, 0.09, 0.14, 0.2,  0.28, 0.39, 0.5,
                                0.6,  0.69, 0.76, 0.81, 0.85, 0.87, 0.89, 0.92, 0.93, 1.0}},
      {"dogecoin", "dogecoin", {0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}},
  }};
  return tables;
}

namespace {

Parsed<Graph> make(const Params& params, std::uint32_t n, Stream& stream) {
  const auto tables = degree_tables();
  const auto table = std::find_if(tables.begin(), tables.end(),
                                  [&](const DegreeTable& t) { return t.name == params.text("degrees"); });
  CHECK(table != tables.end());
  LinkRows rows(n, 24);
  std::vector<Edge> edges;
  for (std::uint32_t node = 0; node < n; ++node) {
    const std::uint32_t wanted = table->at(stream.uniform());
    for (std::uint32_t opened = 0; opened < wanted && rows.degree(node) < n - 1;) {
      const auto other = static_cast<std::uint32_t>(stream.below(n));
      if (other == node || rows.linked(node, other)) continue;
      rows.link(node, other);
      edges.push_back({node, other});
      ++opened;
    }
  }
  return {Graph(n, std::move(edges)), ""};
}

Fields fields() {
  std::vector<std::string> names;
  for (const DegreeTable& table : degree_tables()) names.emplace_back(table.name);
  return {{.name = "degrees",
           .kind = Kind::choice,
           .fallback = "bitcoin-2015",
           .sentence = "The measured network whose numbers of outbound links the topology degree-table draws from.",
           .example = "litecoin",
           .least = "",
           .most = "",
           .choices = names}};
}

}  // namespace

TopologyRow degree_table_topology() {
  return {"degree-table", "Every node opens as many links as a node of a measured network, drawn from `degrees`.",
          fields, always_possible, make};
}

}  // namespace peerlab
