// The table of who knows what against sets of pairs.
#include "models/replication/told_table.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "models/base/random.h"

namespace peerlab {
namespace {

TEST(ToldTable, KnowsWhatSetsOfPairsKnow) {
  for (std::uint32_t run = 0; run < 40; ++run) {
    Stream chance(13, purpose("told test"), run);
    ToldTable table;
    std::set<std::uint32_t> waiting;
    std::set<std::pair<std::uint32_t, std::uint32_t>> known;
    for (int step = 0; step < 300; ++step) {
      const auto tx = static_cast<std::uint32_t>(1000 + chance.below(400));
      const auto place = static_cast<std::uint32_t>(chance.below(70));
      const double what = chance.uniform();
      if (what < 0.4) {
        table.add(TxRef(tx));
        waiting.insert(tx);
      } else if (what < 0.9) {
        const std::uint64_t bits = chance.bits();
        table.tell({tx / 64, bits}, place);
        for (std::uint32_t i = 0; i < 64 && place < ToldTable::most_places; ++i) {
          if ((bits >> i & 1) != 0 && waiting.contains(tx / 64 * 64 + i)) known.emplace(place, tx / 64 * 64 + i);
        }
      } else if (what < 0.98) {
        table.tell_all(place);
        for (const std::uint32_t each : waiting) {
          if (place < ToldTable::most_places) known.emplace(place, each);
        }
      } else {
        table.clear();
        waiting.clear();
        known.clear();
      }
      ASSERT_EQ(table.has(TxRef(tx)), waiting.contains(tx));
      ASSERT_EQ((table.known(tx / 64, place) >> (tx % 64) & 1) != 0, known.contains({place, tx}));
    }
  }
}

}  // namespace
}  // namespace peerlab
