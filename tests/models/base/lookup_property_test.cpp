#include "models/base/lookup.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <type_traits>

#include "models/base/random.h"

namespace peerlab {
namespace {

// Step by step against std::map, on few keys so that finds, repeats and erasures all happen.
template <class Key, class MakeKey>
void follows_a_map(MakeKey&& make_key) {
  Stream random(1, purpose("lookup test"));
  Lookup<Key, int> lookup;
  std::map<Key, int> twin;
  for (int step = 0; step < 20000; ++step) {
    const Key key = make_key(random.below(200));
    const std::uint64_t what = random.below(100);
    if (what < 40) {
      const auto [value, added] = lookup.insert(key, step);
      const auto [it, twin_added] = twin.try_emplace(key, step);
      ASSERT_EQ(added, twin_added);
      ASSERT_EQ(*value, it->second);
    } else if (what < 60) {
      lookup[key] = step;
      twin[key] = step;
    } else if (what < 99) {
      ASSERT_EQ(lookup.erase(key), twin.erase(key) == 1);
    } else if (random.chance(0.05)) {
      lookup.clear();
      twin.clear();
    }
    ASSERT_EQ(lookup.size(), twin.size());
    ASSERT_EQ(lookup.empty(), twin.empty());
    const Key other = make_key(random.below(200));
    const auto it = twin.find(other);
    ASSERT_EQ(lookup.contains(other), it != twin.end());
    const int* found = std::as_const(lookup).find(other);
    ASSERT_EQ(found != nullptr, it != twin.end());
    if (found != nullptr) {
      ASSERT_EQ(*found, it->second);
    }
  }
}

TEST(LookupProperty, FollowsAMapOfNumbers) {
  follows_a_map<std::uint64_t>([](std::uint64_t i) { return i << 40; });
}
TEST(LookupProperty, FollowsAMapOfIds) {
  follows_a_map<NodeId>([](std::uint64_t i) { return NodeId::of(i); });
}
TEST(LookupProperty, FollowsAMapOfNames) {
  follows_a_map<std::string>([](std::uint64_t i) { return "name " + std::to_string(i); });
}
TEST(LookupProperty, FollowsAMapOfHashes) {
  follows_a_map<Hash256>([](std::uint64_t i) {
    Hash256 hash;  // half of them differ only where the spread does not look
    hash.bytes[i % 2 == 0 ? 0 : 31] = static_cast<std::uint8_t>(i);
    return hash;
  });
}

template <class T>
concept Iterable = requires(T t) {
  t.begin();
};

TEST(Lookup, HasNothingToIterateWith) { EXPECT_FALSE((Iterable<Lookup<std::uint64_t, int>>)); }

TEST(Lookup, AStoredValueCanBeEditedThroughFind) {
  Lookup<std::uint64_t, int> lookup;
  lookup.insert(1, 10);
  *lookup.find(1) = 11;
  EXPECT_EQ(lookup[1], 11);
  EXPECT_EQ(lookup.find(2), nullptr);
}

}  // namespace
}  // namespace peerlab
