#include "models/replication/envelope.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

const Bytes payload{1, 2, 3, 4, 5};

TEST(Envelope, TakesTwentyFourBytesAndGivesThePayloadBack) {
  const Bytes message = enclose("inv", payload);
  EXPECT_EQ(message.size(), payload.size() + 24);
  const auto read = payload_of("inv", message);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(Bytes(read->begin(), read->end()), payload);
}

TEST(Envelope, AnEmptyPayloadHasBitcoinsChecksum) {
  // The first four bytes of the double SHA-256 of nothing, as in every `verack` on Bitcoin's network.
  const Bytes message = enclose("verack", {});
  EXPECT_EQ(to_hex(ByteView(message).subspan(20)), "5df6e0e2");
}

TEST(Envelope, AnyChangedByteIsNoticed) {
  const Bytes message = enclose("inv", payload);
  for (std::size_t i = 0; i < message.size(); ++i) {
    Bytes changed = message;
    changed[i] ^= 0x40;
    EXPECT_FALSE(payload_of("inv", changed).has_value()) << i;
  }
  EXPECT_FALSE(payload_of("tx", message).has_value());
  for (std::size_t n = 0; n < message.size(); ++n)
    EXPECT_FALSE(payload_of("inv", ByteView(message).first(n)).has_value());
}

}  // namespace
}  // namespace peerlab
