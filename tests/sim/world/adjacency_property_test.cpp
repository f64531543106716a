// Adjacency against a set of pairs: the same links after any history, and places that stay where they are.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "models/base/random.h"
#include "sim/world/adjacency.h"

namespace peerlab {
namespace {

TEST(Adjacency, HoldsTheLinksOfAPlainSet) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Stream chance(seed, purpose("adjacency test"));
    constexpr std::uint32_t nodes = 9;
    std::vector<std::pair<NodeId, NodeId>> edges;
    std::set<std::pair<NodeId, NodeId>> twin;
    for (std::uint32_t i = 0; i + 1 < nodes; i += 2) {
      edges.emplace_back(NodeId(i), NodeId(i + 1));
      twin.emplace(NodeId(i), NodeId(i + 1));
    }
    Adjacency links(nodes, edges);
    for (int step = 0; step < 400; ++step) {
      auto a = NodeId::of(chance.below(nodes));
      auto b = NodeId::of(chance.below(nodes));
      if (b < a) std::swap(a, b);
      const std::vector<NodeId> before(links.of(a).begin(), links.of(a).end());
      if (chance.chance(0.5)) {
        EXPECT_EQ(links.open(a, b), a != b && twin.emplace(a, b).second);
      } else {
        EXPECT_EQ(links.close(a, b), twin.erase({a, b}) > 0);
      }
      const auto now = links.of(a);
      for (std::size_t place = 0; place < before.size(); ++place) {  // nobody else moved
        if (before[place].valid() && before[place] != b) {
          EXPECT_EQ(now[place], before[place]);
        }
      }
      std::size_t found = 0;
      for (std::uint32_t i = 0; i < nodes; ++i) {
        for (const NodeId peer : links.of(NodeId(i))) {
          if (!peer.valid()) continue;
          ++found;
          EXPECT_TRUE(twin.contains({std::min(NodeId(i), peer), std::max(NodeId(i), peer)}));
        }
      }
      EXPECT_EQ(found, 2 * twin.size());
    }
  }
}

}  // namespace
}  // namespace peerlab
