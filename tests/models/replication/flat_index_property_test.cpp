// A flat hash table against std::map, step by step.
#include "models/replication/flat_index.h"

#include <gtest/gtest.h>

#include <map>

namespace peerlab {
namespace {

TEST(FlatIndex, AgreesWithAMapUnderRandomChanges) {
  for (std::uint32_t run = 0; run < 30; ++run) {
    Stream chance(3, purpose("flat index test"), run);
    FlatIndex index;
    std::map<std::uint64_t, std::uint32_t> twin;
    const std::uint64_t range = 1 + chance.below(200);
    for (int step = 0; step < 3000; ++step) {
      const std::uint64_t key = chance.below(range);
      const double what = chance.uniform();
      if (what < 0.45) {
        const auto value = static_cast<std::uint32_t>(chance.below(1000));
        index.set(key, value);
        twin[key] = value;
      } else if (what < 0.9) {
        ASSERT_EQ(index.erase(key), twin.erase(key) > 0);
      } else if (what < 0.902) {
        index.clear();
        twin.clear();
      }
      const std::uint64_t asked = chance.below(range);
      const auto it = twin.find(asked);
      ASSERT_EQ(index.find(asked), it == twin.end() ? FlatIndex::none : it->second);
      ASSERT_EQ(index.size(), twin.size());
    }
  }
}

}  // namespace
}  // namespace peerlab
