// The trees of a run, a file per node.
#include "analysis/report/node_trees.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

const std::string header = "node,step,known_s\r\n";

TEST(NodeTrees, GiveEachNodeItsLinesInTheirOrder) {
  const std::vector<ResultFile> files = node_trees("trees/p2p-0", header + "17,a,1\r\n2,a,2\r\n17,b,3\r\n");
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].name, "trees/p2p-0/node-002.csv");
  EXPECT_EQ(files[1].name, "trees/p2p-0/node-017.csv");
  EXPECT_EQ(files[1].content, header + "17,a,1\r\n17,b,3\r\n");
}

TEST(NodeTrees, AreLeftOutWhereThereAreManyNodesOrNone) {
  std::string many = header;
  for (std::size_t i = 0; i <= most_node_trees; ++i) many += std::to_string(i) + ",a,1\r\n";
  EXPECT_TRUE(node_trees("t", many).empty());
  EXPECT_TRUE(node_trees("t", header).empty());
  EXPECT_TRUE(node_trees("t", "").empty());
}

}  // namespace
}  // namespace peerlab
