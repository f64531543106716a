// The incremental count of holders against one that looks at every node at every instant.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "analysis/measures/spread.h"
#include "models/base/random.h"

namespace peerlab {
namespace {

struct NaiveThing {
  Time start;
  std::vector<bool> eligible;
  std::vector<bool> holds;
  std::array<double, 4> reached;
};

void look(NaiveThing& thing, const std::array<std::uint32_t, 4>& per_cent, Time now) {
  std::uint32_t eligible = 0;
  std::uint32_t holders = 0;
  for (std::size_t i = 0; i < thing.eligible.size(); ++i) {
    eligible += thing.eligible[i];
    holders += thing.eligible[i] && thing.holds[i];
  }
  for (std::size_t k = 0; k < 4; ++k) {
    if (std::isinf(thing.reached[k]) && eligible > 0 && holders * 100 >= per_cent[k] * eligible) {
      thing.reached[k] = (now - thing.start).seconds();
    }
  }
}

TEST(Spread, AgreesWithCountingEveryNodeAtEveryInstant) {
  const std::array<std::uint32_t, 4> per_cent = {10, 50, 90, 100};
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Stream random(seed, purpose("spread test"));
    const auto nodes = static_cast<std::uint32_t>(1 + random.below(20));
    Cast cast;
    cast.nodes.resize(nodes);
    for (CastNode& node : cast.nodes) node.store = random.chance(0.8);
    Presence presence;
    presence.begin(cast);
    Spread spread(per_cent);
    std::vector<NaiveThing> naive;
    std::vector<bool> up(nodes, true);
    for (int step = 0; step < 400; ++step) {
      const Time now{step * 1'000'000'000LL};
      const auto who = static_cast<std::uint32_t>(random.below(nodes));
      const std::uint64_t act = random.below(10);
      if (act == 0) {
        NaiveThing thing{now, {}, std::vector<bool>(nodes), {}};
        for (std::uint32_t i = 0; i < nodes; ++i) thing.eligible.push_back(up[i] && cast.nodes[i].store);
        thing.reached.fill(std::numeric_limits<double>::infinity());
        naive.push_back(thing);
        spread.begin(now, presence);
      } else if (act == 1 && up[who]) {
        up[who] = false;
        for (NaiveThing& thing : naive) thing.eligible[who] = false;
        spread.leaves(NodeId(who), now, presence);
        presence.see({now, NodeId(who), happened::machine_down});
      } else if (act == 2 && !up[who]) {
        up[who] = true;
        presence.see({now, NodeId(who), happened::machine_up});
      } else if (!naive.empty() && up[who]) {
        const auto thing = static_cast<std::uint32_t>(random.below(naive.size()));
        naive[thing].holds[who] = true;
        spread.held(thing, NodeId(who), now, presence);
      }
      for (NaiveThing& thing : naive) look(thing, per_cent, now);
    }
    for (std::uint32_t t = 0; t < naive.size(); ++t) {
      for (std::size_t k = 0; k < 4; ++k) {
        ASSERT_EQ(spread.seconds(t, k), naive[t].reached[k]) << "seed " << seed << " thing " << t << " share " << k;
      }
    }
  }
}

}  // namespace
}  // namespace peerlab
