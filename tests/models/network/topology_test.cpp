#include "models/network/topology.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "models/network/connectivity.h"
#include "models/network/graph_measures.h"
#include "models/network/network_model.h"

namespace peerlab {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

Params params_of(std::string_view topology, std::uint32_t n, const Settings& settings) {
  Params params = Params::defaults(network_fields());
  EXPECT_EQ(params.set("topology", topology), "");
  EXPECT_EQ(params.set("users", std::to_string(n)), "");
  EXPECT_EQ(params.set("connected", "as-is"), "");
  for (const auto& [name, text] : settings) EXPECT_EQ(params.set(name, text), "") << name;
  return params;
}

Graph graph_of(std::string_view topology, std::uint32_t n, const Settings& settings = {}, std::uint64_t seed = 1) {
  Parsed<Graph> graph = make_graph(params_of(topology, n, settings), seed);
  EXPECT_EQ(graph.error, "");
  return graph.value ? std::move(*graph.value) : Graph();
}

std::string error_of(std::string_view topology, std::uint32_t n, const Settings& settings = {}) {
  return make_graph(params_of(topology, n, settings), 1).error;
}

void expect_simple(const Graph& graph, const std::string& what) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (const Edge& edge : graph.edges()) {
    EXPECT_NE(edge.from, edge.to) << what;
    EXPECT_TRUE(seen.insert(std::minmax(edge.from, edge.to)).second) << what << ": " << edge.from << " - " << edge.to;
  }
}

TEST(Topology, MakesNoLoopsAndNoDoubleLinks) {
  for (const TopologyRow& row : topologies()) {
    if (row.name == "file") continue;
    for (const std::uint32_t n : {9U, 10U, 11U, 50U, 300U}) {
      for (std::uint64_t seed = 0; seed < 5; ++seed) {
        const Graph graph = graph_of(row.name, n, {{"degree", "8"}}, seed);
        EXPECT_EQ(graph.nodes(), n);
        expect_simple(graph, std::string(row.name) + " " + std::to_string(n));
      }
    }
  }
}

TEST(Topology, IsAFunctionOfTheSeed) {
  for (const char* name : {"random-regular", "degree-table", "erdos-renyi", "watts-strogatz", "barabasi-albert"}) {
    EXPECT_EQ(graph_of(name, 200, {}, 3).edges(), graph_of(name, 200, {}, 3).edges()) << name;
    EXPECT_NE(graph_of(name, 200, {}, 3).edges(), graph_of(name, 200, {}, 4).edges()) << name;
  }
}

// The same links on every compiler, library and processor: sums over the links of seed 1, pinned.
TEST(Topology, HasTheSameLinksOnEveryBuild) {
  const auto sum = [](const Graph& graph) {
    std::uint64_t h = 0;
    for (const Edge& edge : graph.edges()) h = mix64(h ^ (std::uint64_t{edge.from} << 32 | edge.to));
    return h;
  };
  EXPECT_EQ(sum(graph_of("random-regular", 500)), 3217814621785781742ULL);
  EXPECT_EQ(sum(graph_of("degree-table", 500)), 15813549206146269749ULL);
  EXPECT_EQ(sum(graph_of("erdos-renyi", 500)), 13150226493746652888ULL);
  EXPECT_EQ(sum(graph_of("watts-strogatz", 500)), 4178186285396420265ULL);
  EXPECT_EQ(sum(graph_of("barabasi-albert", 500)), 775135634344524755ULL);
}

TEST(RandomRegular, GivesEveryNodeItsDegree) {
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> cases = {
      {2, 1}, {3, 2}, {4, 1},  {4, 2},  {4, 3},  {5, 2},   {5, 4},   {6, 3},   {7, 4},
      {8, 5}, {9, 8}, {10, 7}, {50, 8}, {51, 8}, {64, 33}, {64, 62}, {1000, 8}};
  for (const auto& [n, degree] : cases) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const Graph graph = graph_of("random-regular", n, {{"degree", std::to_string(degree)}}, seed);
      expect_simple(graph, std::to_string(n) + " of " + std::to_string(degree));
      for (std::uint32_t node = 0; node < n; ++node) ASSERT_EQ(graph.degree(node), degree) << n << " " << seed;
    }
  }
}

TEST(RandomRegular, LinksEveryPairEquallyOften) {
  // 12 nodes of degree 3: each of the 66 pairs is linked with probability 3/11.
  constexpr int graphs = 4000;
  std::vector<int> count(144);
  for (std::uint64_t seed = 0; seed < graphs; ++seed) {
    const Graph graph = graph_of("random-regular", 12, {{"degree", "3"}}, seed);
    for (const Edge& edge : graph.edges()) {
      ++count[std::min(edge.from, edge.to) * 12 + std::max(edge.from, edge.to)];
    }
  }
  const double p = 3.0 / 11;
  for (std::uint32_t a = 0; a < 12; ++a) {
    for (std::uint32_t b = a + 1; b < 12; ++b) EXPECT_NEAR(count[a * 12 + b], graphs * p, 4.5 * 28.2) << a << " " << b;
  }
}

TEST(RandomRegular, RefusesWhatDoesNotExist) {
  EXPECT_NE(error_of("random-regular", 501, {{"degree", "7"}}).find("two ends"), std::string::npos);
  EXPECT_NE(error_of("random-regular", 8, {{"degree", "8"}}).find("only 7 others"), std::string::npos);
}

TEST(ErdosRenyi, HasTheRightNumberOfLinks) {
  // 400 nodes, mean degree 8: 1600 links in the mean, standard deviation sqrt(1600 (1 - p)) = 39.6; over 50 graphs 5.6.
  double links = 0;
  std::vector<double> degrees(400);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Graph graph = graph_of("erdos-renyi", 400, {}, seed);
    links += static_cast<double>(graph.edges().size());
    for (std::uint32_t node = 0; node < 400; ++node) degrees[node] += graph.degree(node);
  }
  EXPECT_NEAR(links / 50, 1600, 3.9 * 5.6);
  for (const double degree : degrees) EXPECT_NEAR(degree / 50, 8, 4.5 * 0.4);  // no place is special
}

TEST(ErdosRenyi, BecomesFullWhenEveryPairIsLinked) {
  EXPECT_EQ(graph_of("erdos-renyi", 9, {{"degree", "8"}}).edges().size(), 36U);
}

TEST(WattsStrogatz, IsARingOfNeighboursWithoutRewiring) {
  const Graph graph = graph_of("watts-strogatz", 20, {{"degree", "4"}, {"rewire", "0 %"}});
  for (std::uint32_t node = 0; node < 20; ++node) {
    EXPECT_EQ(graph.degree(node), 4U);
    EXPECT_TRUE(graph.linked(node, (node + 1) % 20));
    EXPECT_TRUE(graph.linked(node, (node + 2) % 20));
  }
}

TEST(WattsStrogatz, RewiresTheStatedShare) {
  const Graph graph = graph_of("watts-strogatz", 2000, {{"degree", "8"}, {"rewire", "25 %"}});
  int moved = 0;
  for (const Edge& edge : graph.edges()) {
    const std::uint32_t distance = (edge.to + 2000 - edge.from) % 2000;
    moved += distance == 0 || distance > 4 ? 1 : 0;
  }
  EXPECT_NEAR(moved, 8000 * 0.25, 3.9 * 38.7 + 8);  // some lead back among the near by chance
  EXPECT_EQ(graph.edges().size(), 8000U);
  EXPECT_NE(error_of("watts-strogatz", 20, {{"degree", "5"}}).find("even"), std::string::npos);
}

TEST(BarabasiAlbert, LetsNewcomersPreferHubs) {
  const Graph graph = graph_of("barabasi-albert", 3000, {{"degree", "8"}});
  EXPECT_EQ(graph.edges().size(), 10U + (3000U - 5U) * 4U);
  const DegreeStatistics s = degree_statistics(graph);
  EXPECT_EQ(s.least, 4U);
  EXPECT_GT(s.most, 80U);  // about 4 sqrt(3000) = 219 in the mean; a random regular graph has 8
  // The share of nodes with the least degree m is 2 / (m + 2) (Dorogovtsev, Mendes, Samukhin 2000).
  EXPECT_NEAR(s.histogram[4] / 3000.0, 2.0 / 6, 0.04);
}

TEST(DegreeTable, GivesABitcoinNodeSeventeenLinks) {
  const Graph graph = graph_of("degree-table", 6000);
  EXPECT_NEAR(degree_statistics(graph).mean, 17.4, 0.2);
  std::vector<std::uint32_t> opened(6000);
  for (const Edge& edge : graph.edges()) ++opened[edge.from];
  EXPECT_EQ(*std::max_element(opened.begin(), opened.end()), 20U);
  EXPECT_EQ(*std::min_element(opened.begin(), opened.end()), 1U);
  EXPECT_NEAR(static_cast<double>(std::count(opened.begin(), opened.end(), 10U)) / 6000, 0.1, 3.9 * 0.0039);
  const Graph doge = graph_of("degree-table", 500, {{"degrees", "dogecoin"}});
  EXPECT_EQ(doge.edges().size(), 4000U) << "every node opens eight";
}

TEST(DegreeTable, LinksEverybodyWhenThereAreTooFew) {
  const Graph graph = graph_of("degree-table", 4, {{"degrees", "dogecoin"}});
  EXPECT_EQ(graph.edges().size(), 6U);
}

TEST(FixedTopologies, HaveTheLinksOneDraws) {
  EXPECT_EQ(graph_of("line", 4).edges(), (std::vector<Edge>{{0, 1}, {1, 2}, {2, 3}}));
  EXPECT_EQ(graph_of("ring", 4).edges(), (std::vector<Edge>{{0, 1}, {1, 2}, {2, 3}, {3, 0}}));
  EXPECT_EQ(graph_of("ring", 2).edges(), (std::vector<Edge>{{0, 1}}));
  EXPECT_EQ(graph_of("star", 4).edges(), (std::vector<Edge>{{1, 0}, {2, 0}, {3, 0}}));
  EXPECT_EQ(graph_of("full", 4).edges().size(), 6U);
  // Seven nodes in rows of three: 0 1 2 / 3 4 5 / 6.
  const Graph grid = graph_of("grid", 7);
  EXPECT_EQ(grid.edges(), (std::vector<Edge>{{0, 1}, {0, 3}, {1, 2}, {1, 4}, {2, 5}, {3, 4}, {3, 6}, {4, 5}}));
  EXPECT_EQ(graph_of("grid", 6, {{"columns", "2"}}).edges().size(), 7U);
  for (const char* name : {"line", "ring", "star", "full", "grid"})
    EXPECT_TRUE(graph_of(name, 1).edges().empty()) << name;
  EXPECT_NE(error_of("full", 10'001).find("50 million"), std::string::npos);
}

TEST(Connectivity, JoinsPiecesWithTheFewestLinks) {
  // Three pieces: a triangle 0 1 2, a pair 3 4, and 5 alone.
  const Graph graph(6, {{0, 1}, {1, 2}, {2, 0}, {3, 4}});
  const Parsed<Graph> joined = connect(graph, Connectivity::repair);
  ASSERT_TRUE(joined.value);
  EXPECT_EQ(joined.value->edges().size(), 6U);
  EXPECT_EQ(components(*joined.value).count(), 1U);
  EXPECT_EQ(joined.value->edges()[4], (Edge{3, 0}));
  EXPECT_EQ(joined.value->edges()[5], (Edge{5, 1}));
}

TEST(Connectivity, RefusesOrLeavesPiecesWhenTold) {
  const Graph graph(4, {{0, 1}, {2, 3}});
  EXPECT_NE(connect(graph, Connectivity::refuse).error.find("2 pieces"), std::string::npos);
  EXPECT_EQ(connect(graph, Connectivity::as_is).value->edges().size(), 2U);
  EXPECT_EQ(connect(Graph(3, {{0, 1}, {1, 2}}), Connectivity::refuse).error, "");
}

// A sparse random graph is in a hundred pieces; repaired it is one, with exactly as many new links as needed.
TEST(Connectivity, RepairsASparseRandomGraph) {
  const Params params = params_of("erdos-renyi", 2000, {{"degree", "3"}, {"connected", "repair"}});
  const Graph broken = graph_of("erdos-renyi", 2000, {{"degree", "3"}});
  const Components pieces = components(broken);
  ASSERT_GT(pieces.count(), 50U);
  const Graph whole = *make_graph(params, 1).value;
  EXPECT_EQ(components(whole).count(), 1U);
  EXPECT_EQ(whole.edges().size(), broken.edges().size() + pieces.count() - 1);
  expect_simple(whole, "repaired");
  EXPECT_LE(degree_statistics(whole).most, degree_statistics(broken).most + 1) << "no hub is made";
}

TEST(CorePeriphery, TheCoreIsAMeshAndTheOthersHaveTheLinksOfTheDataFile) {
  const Graph graph = graph_of("core-periphery", 6000, {{"core", "16"}, {"core_links", "750"}});
  expect_simple(graph, "core-periphery");
  std::vector<std::uint32_t> degree(graph.nodes());
  std::set<std::pair<std::uint32_t, std::uint32_t>> of_core;
  for (const Edge& edge : graph.edges()) {
    ++degree[edge.from];
    ++degree[edge.to];
    if (edge.from < 16 && edge.to < 16) of_core.insert(std::minmax(edge.from, edge.to));
  }
  EXPECT_EQ(of_core.size(), 120U) << "everybody with everybody";
  for (std::uint32_t node = 0; node < 16; ++node) EXPECT_NEAR(degree[node], 750, 25) << node;
  std::ifstream file(std::string(PEERLAB_SOURCE_DIR) + "/models/network/data/gervais_connection_weights.csv");
  int classes = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream in(line);
    double from = 0;
    double to = 0;
    double weight = 0;
    char comma = 0;
    if (!(in >> from >> comma >> to >> comma >> weight)) continue;
    ++classes;
    const auto in_class =
        std::count_if(degree.begin() + 16, degree.end(), [&](std::uint32_t d) { return from <= d && d < to; });
    // Two of the links are opened by the core, asked or not, which lifts some of the lowest class out of it.
    const double share = static_cast<double>(in_class) / (graph.nodes() - 16);
    EXPECT_NEAR(share, weight / 100, from < 10 ? 0.06 : 0.025) << from;
  }
  EXPECT_EQ(classes, 6);
}

TEST(CorePeriphery, InASmallNetworkEverybodyIsOfTheCore) {
  const Graph graph = graph_of("core-periphery", 10);
  EXPECT_EQ(graph.edges().size(), 45U);
}

}  // namespace
}  // namespace peerlab
