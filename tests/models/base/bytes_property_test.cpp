#include <gtest/gtest.h>

#include "models/base/bytes.h"
#include "models/base/random.h"

namespace peerlab {
namespace {

// Whatever bytes come, a reader either refuses a CompactSize or has read the one encoding of its value.
TEST(ReaderProperty, ACompactSizeThatIsReadIsWrittenTheSameWay) {
  Stream random(1, purpose("compact size test"));
  int accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    Bytes bytes(1 + random.below(10));
    for (std::uint8_t& b : bytes) b = static_cast<std::uint8_t>(random.bits());
    if (random.chance(0.5)) bytes[0] = static_cast<std::uint8_t>(253 + random.below(3));
    for (std::size_t zeros = random.below(bytes.size()); zeros > 0; --zeros) bytes[bytes.size() - zeros] = 0;
    Reader reader(bytes);
    const std::uint64_t value = reader.compact_size();
    if (!reader.ok()) continue;
    ++accepted;
    Bytes again;
    Writer(again).compact_size(value);
    ASSERT_EQ(again.size(), bytes.size() - reader.left());
    ASSERT_TRUE(std::equal(again.begin(), again.end(), bytes.begin()));
  }
  EXPECT_GT(accepted, 2000);
}

TEST(HexProperty, ReadsBackWhatItWrites) {
  Stream random(2, purpose("hex test"));
  for (int round = 0; round < 2000; ++round) {
    Bytes bytes(random.below(40));
    for (std::uint8_t& b : bytes) b = static_cast<std::uint8_t>(random.bits());
    ASSERT_EQ(from_hex(to_hex(bytes)), bytes);
  }
}

}  // namespace
}  // namespace peerlab
