#include "models/replication/recent_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "models/base/random.h"

namespace peerlab {
namespace {

TEST(RecentSet, AnswersForTheNewestWithoutTheLargeSet) {
  RecentSet recent;
  Bits all;
  EXPECT_TRUE(recent.add(5, all));
  EXPECT_FALSE(recent.add(5, all));
  EXPECT_TRUE(recent.surely_has(5));
  EXPECT_FALSE(recent.surely_has(6));
}

TEST(RecentSet, OldThingsAreFoundInTheLargeSet) {
  RecentSet recent;
  Bits all;
  recent.add(5, all);
  recent.add(1000, all);
  EXPECT_FALSE(recent.surely_has(5));
  EXPECT_TRUE(recent.has(5, all));
  EXPECT_TRUE(recent.surely_has(1000));
}

TEST(RecentSet, AgreesWithAPlainSetWhateverTheOrder) {
  for (std::uint32_t run = 0; run < 50; ++run) {
    Stream chance(7, purpose("recent set test"), run);
    RecentSet recent;
    Bits all;
    std::set<std::uint32_t> twin;
    std::uint32_t edge = 0;
    for (int step = 0; step < 2000; ++step) {
      edge += static_cast<std::uint32_t>(chance.below(4));
      const auto back = static_cast<std::uint32_t>(chance.below(300));
      const std::uint32_t i = edge > back ? edge - back : edge;
      if (chance.chance(0.5)) {
        ASSERT_EQ(recent.add(i, all), twin.insert(i).second);
      } else if (chance.chance(0.3)) {
        const std::uint64_t bits = chance.bits() | 1;
        recent.add_word(i >> 6, bits, all);
        for (std::uint32_t bit = 0; bit < 64; ++bit) {
          if ((bits >> bit & 1) != 0) twin.insert((i & ~63U) + bit);
        }
        edge = std::max(edge, i | 63U);
      }
      const auto asked = static_cast<std::uint32_t>(chance.below(edge + 200));
      ASSERT_EQ(recent.has(asked, all), twin.contains(asked)) << asked;
      if (recent.surely_has(asked)) {
        ASSERT_TRUE(twin.contains(asked));
      }
    }
  }
}

}  // namespace
}  // namespace peerlab
