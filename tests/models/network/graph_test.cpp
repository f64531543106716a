#include "models/network/graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "models/base/random.h"
#include "models/network/graph_file.h"
#include "models/network/graph_measures.h"

namespace peerlab {
namespace {

Graph random_graph(std::uint64_t seed, std::uint32_t n, double p) {
  Stream stream(seed, purpose("graph test"));
  std::vector<Edge> edges;
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = a + 1; b < n; ++b) {
      const bool linked = stream.chance(p);
      if (linked) edges.push_back(a % 2 == 0 ? Edge{a, b} : Edge{b, a});
    }
  }
  return {n, edges};
}

TEST(Graph, ListsNeighboursInTheOrderOfLinks) {
  const Graph graph(4, {{2, 0}, {0, 1}, {3, 2}});
  const auto row = [&](std::uint32_t node) {
    return std::vector<std::uint32_t>(graph.neighbours(node).begin(), graph.neighbours(node).end());
  };
  EXPECT_EQ(row(0), (std::vector<std::uint32_t>{2, 1}));
  EXPECT_EQ(row(1), (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(row(2), (std::vector<std::uint32_t>{0, 3}));
  EXPECT_TRUE(graph.linked(0, 2));
  EXPECT_TRUE(graph.linked(2, 0));
  EXPECT_FALSE(graph.linked(1, 3));
  EXPECT_EQ(Graph().nodes(), 0U);
}

TEST(GraphDeathTest, RefusesLoopsAndUnknownNodes) {
  EXPECT_EXIT(Graph(2, {{1, 1}}), testing::ExitedWithCode(70), "edge");
  EXPECT_EXIT(Graph(2, {{0, 2}}), testing::ExitedWithCode(70), "nodes");
}

// --- measures against plain twins ------------------------------------------------------------------------------------

std::vector<std::uint32_t> naive_distances(const Graph& graph, std::uint32_t source) {
  std::vector<std::uint32_t> distance(graph.nodes(), unreachable);
  std::deque<std::uint32_t> next = {source};
  distance[source] = 0;
  while (!next.empty()) {
    const std::uint32_t node = next.front();
    next.pop_front();
    for (const std::uint32_t other : graph.neighbours(node)) {
      if (distance[other] != unreachable) continue;
      distance[other] = distance[node] + 1;
      next.push_back(other);
    }
  }
  return distance;
}

// Number of shortest paths from s to every node.
std::vector<double> paths_from(const Graph& graph, std::uint32_t s, const std::vector<std::uint32_t>& distance) {
  std::vector<double> paths(graph.nodes(), 0);
  paths[s] = 1;
  for (std::uint32_t d = 1; d < graph.nodes(); ++d) {
    for (std::uint32_t v = 0; v < graph.nodes(); ++v) {
      if (distance[v] != d) continue;
      for (const std::uint32_t u : graph.neighbours(v)) paths[v] += distance[u] == d - 1 ? paths[u] : 0;
    }
  }
  return paths;
}

TEST(GraphMeasures, AgreeWithTheirTwins) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const std::uint32_t n = 5 + static_cast<std::uint32_t>(seed % 20);
    const Graph graph = random_graph(seed, n, seed % 3 == 0 ? 0.08 : 0.25);
    const Components pieces = components(graph);
    std::vector<std::uint32_t> all(n);
    for (std::uint32_t v = 0; v < n; ++v) all[v] = v;
    const std::vector<std::uint32_t> far = eccentricities(graph, all);
    std::vector<std::vector<std::uint32_t>> distance(n);
    std::vector<std::vector<double>> paths(n);
    for (std::uint32_t s = 0; s < n; ++s) {
      distance[s] = naive_distances(graph, s);
      paths[s] = paths_from(graph, s, distance[s]);
      ASSERT_EQ(distances(graph, s), distance[s]);
      std::uint32_t farthest = 0;
      for (std::uint32_t v = 0; v < n; ++v) {
        ASSERT_EQ(distance[s][v] == unreachable, pieces.of_node[s] != pieces.of_node[v]);
        if (distance[s][v] != unreachable) farthest = std::max(farthest, distance[s][v]);
      }
      ASSERT_EQ(far[s], farthest);
    }
    const std::vector<double> central = betweenness(graph);
    for (std::uint32_t v = 0; v < n; ++v) {
      double expected = 0;
      for (std::uint32_t s = 0; s < n; ++s) {
        for (std::uint32_t t = s + 1; t < n; ++t) {
          if (s == v || t == v || distance[s][t] == unreachable || distance[s][v] == unreachable) continue;
          if (distance[s][v] + distance[v][t] == distance[s][t]) expected += paths[s][v] * paths[t][v] / paths[s][t];
        }
      }
      ASSERT_NEAR(central[v], expected, 1e-9 * (1 + expected));
    }
  }
}

TEST(GraphMeasures, NumberPiecesByTheirSmallestNode) {
  const Components pieces = components(Graph(6, {{4, 5}, {1, 3}, {3, 5}}));
  EXPECT_EQ(pieces.of_node, (std::vector<std::uint32_t>{0, 1, 2, 1, 1, 1}));
  EXPECT_EQ(pieces.sizes, (std::vector<std::uint32_t>{1, 4, 1}));
  EXPECT_EQ(pieces.largest(), 1U);
}

TEST(GraphMeasures, CountDegrees) {
  const DegreeStatistics s = degree_statistics(Graph(4, {{0, 1}, {0, 2}, {0, 3}}));
  EXPECT_EQ(s.least, 1U);
  EXPECT_EQ(s.most, 3U);
  EXPECT_DOUBLE_EQ(s.mean, 1.5);
  EXPECT_EQ(s.histogram, (std::vector<std::uint32_t>{0, 3, 0, 1}));
}

// --- files -----------------------------------------------------------------------------------------------------------

std::string csv_error(std::string_view text, std::optional<std::uint32_t> nodes = std::nullopt) {
  return read_graph_csv(text, "links.csv", nodes).error;
}

TEST(GraphFiles, ReadBackWhatTheyWrote) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Graph graph = random_graph(seed, 20, 0.2);
    const Parsed<Graph> csv = read_graph_csv(write_graph_csv(graph), "x", 20);
    ASSERT_TRUE(csv.value) << csv.error;
    EXPECT_EQ(csv.value->edges(), graph.edges());
    const Parsed<Graph> xml = read_graphml(write_graphml(graph), "x", 20);
    ASSERT_TRUE(xml.value) << xml.error;
    EXPECT_EQ(xml.value->edges(), graph.edges());
    EXPECT_EQ(xml.value->nodes(), 20U);
  }
}

TEST(GraphFiles, ReadCsvAsPeopleWriteIt) {
  const Parsed<Graph> graph = read_graph_csv("# mine\r\nfrom, to\r\n\r\n0,1\r\n 2 , 1 \r\n", "x", std::nullopt);
  ASSERT_TRUE(graph.value) << graph.error;
  EXPECT_EQ(graph.value->nodes(), 3U);
  EXPECT_EQ(graph.value->edges(), (std::vector<Edge>{{0, 1}, {2, 1}}));
}

TEST(GraphFiles, NameTheLineOfAMistake) {
  EXPECT_EQ(csv_error("0,1\n"), "links.csv:1: the first line must be the heading `from,to`.");
  EXPECT_EQ(csv_error("from,to\n0,1\n0;2\n"),
            "links.csv:3: a link is written as two node numbers from 0, such as `0,1`.");
  EXPECT_EQ(csv_error("from,to\n0,1,2\n"), "links.csv:2: a link is written as two node numbers from 0, such as `0,1`.");
  EXPECT_EQ(csv_error("from,to\n-1,2\n"), "links.csv:2: a link is written as two node numbers from 0, such as `0,1`.");
  EXPECT_EQ(csv_error("from,to\n0,99999999999\n"),
            "links.csv:2: a link is written as two node numbers from 0, such as `0,1`.");
  EXPECT_EQ(csv_error("from,to\n0,5\n", 5), "links.csv:2: node 5 does not exist: there are 5 nodes, numbered from 0.");
  EXPECT_EQ(csv_error("from,to\n3,3\n"), "links.csv: line 2: node 3 is linked to itself.");
  EXPECT_EQ(csv_error("from,to\n0,1\n1,2\n1,0\n"),
            "links.csv: line 4: the link between 0 and 1 was given before (line 2).");
  EXPECT_EQ(csv_error("# nothing\n"), "links.csv: there is no heading `from,to`.");
}

constexpr std::string_view graphml_head =
    "<?xml version=\"1.0\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";

TEST(GraphFiles, ReadGraphmlOfOtherTools) {
  const std::string text = std::string(graphml_head) +
                           "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
                           "<graph id=\"G\" edgedefault=\"directed\">\n"
                           "<node id=\"berlin\"/><node id=\"rome\"/><node id=\"oslo\"/>\n"
                           "<edge source=\"oslo\" target=\"berlin\"><data key=\"w\">1.5</data></edge>\n"
                           "<edge source=\"berlin\" target=\"rome\"/>\n"
                           "</graph></graphml>\n";
  const Parsed<Graph> graph = read_graphml(text, "x", 3);
  ASSERT_TRUE(graph.value) << graph.error;
  EXPECT_EQ(graph.value->edges(), (std::vector<Edge>{{2, 0}, {0, 1}}));
}

TEST(GraphFiles, RefuseBrokenGraphml) {
  const auto error = [](const std::string& text) { return read_graphml(text, "x.graphml", 2).error; };
  const std::string two = "<graph edgedefault=\"undirected\"><node id=\"a\"/><node id=\"b\"/>";
  EXPECT_NE(error("<graphml>\n<graph>\n<node").find("x.graphml:3: this is not XML"), std::string::npos)
      << error("<graphml>\n<graph>\n<node");
  EXPECT_NE(error("<other/>").find("not GraphML"), std::string::npos) << error("<other/>");
  EXPECT_NE(error(std::string(graphml_head) + two + "<node id=\"c\"/></graph></graphml>").find("3 nodes"),
            std::string::npos);
  EXPECT_NE(
      error(std::string(graphml_head) + two + "<edge source=\"a\" target=\"a\"/></graph></graphml>").find("itself"),
      std::string::npos);
  EXPECT_NE(error(std::string(graphml_head) + two +
                  "<edge source=\"a\" target=\"b\"/><edge source=\"b\" target=\"a\"/></graph></graphml>")
                .find("given before"),
            std::string::npos);
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<a>";
  EXPECT_NE(error(deep).find("nested"), std::string::npos);
}

// Whatever is changed in a good file: a graph or a sentence, never an exception or a crash.
TEST(GraphFiles, SurviveRandomDamage) {
  Stream stream(3, purpose("graph damage"));
  const Graph graph = random_graph(1, 12, 0.3);
  for (const std::string& good : {write_graph_csv(graph), write_graphml(graph)}) {
    for (int i = 0; i < 3000; ++i) {
      std::string bad = good;
      const std::uint64_t changes = 1 + stream.below(4);
      for (std::uint64_t c = 0; c < changes; ++c) {
        const std::size_t at = stream.below(bad.size());
        switch (stream.below(3)) {
          case 0: bad[at] = static_cast<char>(stream.below(256)); break;
          case 1: bad.erase(at, 1 + stream.below(20)); break;
          default: bad.insert(at, bad.substr(stream.below(bad.size()), stream.below(30)));
        }
        if (bad.empty()) bad = " ";
      }
      const Parsed<Graph> read = good[0] == '<' ? read_graphml(bad, "x", 12) : read_graph_csv(bad, "x", 12);
      EXPECT_NE(read.value.has_value(), !read.error.empty());
    }
  }
}

TEST(GraphFiles, AreFoundByTheirFirstCharacter) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "peerlab_graph_test";
  std::filesystem::create_directories(folder);
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(folder / name) << text;
    return (folder / name).string();
  };
  const Graph graph(3, {{0, 1}, {1, 2}});
  EXPECT_EQ(read_graph_file(write("a", write_graph_csv(graph)), 3).value->edges(), graph.edges());
  EXPECT_EQ(read_graph_file(write("b", "\n" + write_graphml(graph).substr(write_graphml(graph).find("<graphml"))), 3)
                .value->edges(),
            graph.edges());
  EXPECT_NE(read_graph_file(write("c", ""), 3).error.find("empty"), std::string::npos);
  EXPECT_NE(read_graph_file((folder / "missing").string(), 3).error.find("no such file"), std::string::npos);
  EXPECT_NE(read_graph_file(folder.string(), 3).error.find("no such file"), std::string::npos);
  EXPECT_NE(read_graph_file("", 3).error.find("file: links.csv"), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace peerlab
