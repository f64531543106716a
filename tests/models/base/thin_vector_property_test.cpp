#include "models/base/thin_vector.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/base/random.h"

namespace peerlab {
namespace {

/// Long enough to have memory of its own: a copy too many, or too few, is found by the sanitizers.
std::string word(std::uint64_t i) { return "a word that lies on the heap, number " + std::to_string(i); }

TEST(ThinVector, BehavesAsAVectorWhateverIsDoneToIt) {
  Stream random(1, purpose("thin vector test"));
  for (int round = 0; round < 50; ++round) {
    ThinVector<std::string> thin;
    std::vector<std::string> twin;
    for (std::uint64_t step = 0; step < 400; ++step) {
      const std::uint64_t what = random.below(100);
      const std::size_t place = twin.empty() ? 0 : random.below(twin.size());
      const auto offset = static_cast<std::ptrdiff_t>(place);
      if (what < 50) {
        thin.push_back(word(step % 40));
        twin.push_back(word(step % 40));
      } else if (what < 60) {
        thin.insert(thin.begin() + offset, word(step));
        twin.insert(twin.begin() + offset, word(step));
      } else if (what < 75 && !twin.empty()) {
        thin.erase(thin.begin() + offset);
        twin.erase(twin.begin() + offset);
      } else if (what < 80) {
        const std::string gone = word(random.below(40));
        ASSERT_EQ(erase(thin, gone), std::erase(twin, gone));
      } else if (what < 85) {
        const auto odd = [](const std::string& s) { return (s.back() - '0') % 2 == 1; };
        ASSERT_EQ(erase_if(thin, odd), std::erase_if(twin, odd));
      } else if (what < 90) {
        const std::size_t count = random.below(30);
        thin.resize(count);
        twin.resize(count);
      } else if (what < 93) {
        thin.clear();
        twin.clear();
      } else if (what < 96) {
        ThinVector<std::string> copy = thin;
        thin.push_back("not in the copy");
        thin = std::move(copy);
      } else if (!twin.empty()) {
        thin.push_back(thin[place]);  // grows from what lies in itself
        twin.push_back(twin[place]);
      }
      ASSERT_EQ(thin.size(), twin.size());
      ASSERT_EQ(thin.empty(), twin.empty());
      ASSERT_TRUE(std::equal(thin.begin(), thin.end(), twin.begin(), twin.end()));
    }
  }
}

TEST(ThinVector, AnEmptyOneIsAPointerAndNothingElse) {
  const ThinVector<std::uint32_t> list;
  EXPECT_EQ(sizeof(list), sizeof(void*));
  EXPECT_EQ(list.memory(), 0U);
  EXPECT_EQ(list.begin(), list.end());
}

}  // namespace
}  // namespace peerlab
