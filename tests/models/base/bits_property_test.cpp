#include "models/base/bits.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "models/base/random.h"

namespace peerlab {
namespace {

TEST(BitsProperty, FollowsASet) {
  Stream random(1, purpose("bits test"));
  for (const std::uint64_t range : {3ULL, 64ULL, 65ULL, 1000ULL, 100000ULL}) {
    Bits bits;
    std::set<std::uint32_t> twin;
    for (int step = 0; step < 5000; ++step) {
      const auto i = static_cast<std::uint32_t>(random.below(range));
      const std::uint64_t what = random.below(10);
      if (what < 5) {
        ASSERT_EQ(bits.add(i), twin.insert(i).second);
      } else if (what < 9) {
        ASSERT_EQ(bits.remove(i), twin.erase(i) == 1);
      } else if (random.chance(0.01)) {
        bits.clear();
        twin.clear();
      }
      const auto j = static_cast<std::uint32_t>(random.below(2 * range));
      ASSERT_EQ(bits.has(j), twin.contains(j));
      if (step % 100 == 0) {
        std::vector<std::uint32_t> members;
        bits.each([&](std::uint32_t member) { members.push_back(member); });
        ASSERT_EQ(members, std::vector<std::uint32_t>(twin.begin(), twin.end()));
        ASSERT_EQ(bits.count(), twin.size());
      }
    }
  }
}

TEST(Bits, KnowsTheBordersOfItsWords) {
  Bits bits;
  for (const std::uint32_t i : {0U, 63U, 64U, 127U, 128U}) EXPECT_TRUE(bits.add(i));
  for (const std::uint32_t i : {1U, 62U, 65U, 126U, 129U}) EXPECT_FALSE(bits.has(i));
  EXPECT_EQ(bits.count(), 5U);
}

TEST(Bits, AskingBeyondTheEndTakesNoMemory) {
  Bits bits;
  EXPECT_FALSE(bits.has(4'000'000'000U));
  EXPECT_FALSE(bits.remove(4'000'000'000U));
  EXPECT_EQ(bits.memory(), 0U);
}

}  // namespace
}  // namespace peerlab
