#include "models/base/bytes.h"

#include <gtest/gtest.h>

#include <string>

namespace peerlab {
namespace {

Bytes compact(std::uint64_t v) {
  Bytes out;
  Writer(out).compact_size(v);
  return out;
}

TEST(Hex, WritesLowerCaseAndReadsBoth) {
  const Bytes bytes = {0x00, 0x0f, 0xa5, 0xff};
  EXPECT_EQ(to_hex(bytes), "000fa5ff");
  EXPECT_EQ(from_hex("000FA5ff"), bytes);
  EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, RefusesOddLengthsAndOtherCharacters) {
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("0g"));
  EXPECT_FALSE(from_hex("g0"));
  EXPECT_FALSE(from_hex(" 0"));
  EXPECT_FALSE(from_hex("-1"));
}

TEST(Hash, IsShownReversedAsBlockExplorersDo) {
  Hash256 hash;
  hash.bytes[0] = 0x01;
  hash.bytes[31] = 0xab;
  const std::string shown = display_hex(hash);
  EXPECT_EQ(shown.size(), 64U);
  EXPECT_EQ(shown.substr(0, 2), "ab");
  EXPECT_EQ(shown.substr(62), "01");
  EXPECT_EQ(hash_from_display_hex(shown), hash);
  EXPECT_FALSE(hash_from_display_hex(shown.substr(2)));
  EXPECT_FALSE(hash_from_display_hex(shown + "00"));
}

TEST(Hash, ItsShortNameIsTheFirstEightBytesLittleEndian) {
  Hash256 hash;
  for (std::size_t i = 0; i < 32; ++i) hash.bytes[i] = static_cast<std::uint8_t>(i + 1);
  EXPECT_EQ(hash.low64(), 0x0807060504030201ULL);
  EXPECT_FALSE(hash.is_zero());
  EXPECT_TRUE(Hash256{}.is_zero());
}

TEST(Hash, IsComparedFromTheFirstByteToTheLast) {
  Hash256 a;
  Hash256 b;
  a.bytes[0] = 1;
  b.bytes[31] = 255;
  EXPECT_GT(a, b);
}

TEST(Writer, WritesLittleEndian) {
  Bytes out;
  Writer writer(out);
  writer.u8(0x01);
  writer.u16(0x0302);
  writer.u32(0x07060504);
  writer.u48(0x0d0c0b0a0908);
  writer.u64(0x15141312110f0e0dULL);
  EXPECT_EQ(to_hex(out),
            "01020304050607"
            "08090a0b0c0d"
            "0d0e0f1112131415");
  EXPECT_EQ(writer.size(), 21U);
}

TEST(CompactSize, TakesTheShortestFormAtEveryBorder) {
  EXPECT_EQ(to_hex(compact(0)), "00");
  EXPECT_EQ(to_hex(compact(252)), "fc");
  EXPECT_EQ(to_hex(compact(253)), "fdfd00");
  EXPECT_EQ(to_hex(compact(0xffff)), "fdffff");
  EXPECT_EQ(to_hex(compact(0x10000)), "fe00000100");
  EXPECT_EQ(to_hex(compact(0xffffffff)), "feffffffff");
  EXPECT_EQ(to_hex(compact(0x100000000)), "ff0000000001000000");
  for (const std::uint64_t v : {0ULL, 252ULL, 253ULL, 0xffffULL, 0x10000ULL, 0xffffffffULL, 0x100000000ULL, ~0ULL}) {
    const Bytes bytes = compact(v);
    EXPECT_EQ(bytes.size(), compact_size_length(v));
    Reader reader(bytes);
    EXPECT_EQ(reader.compact_size(), v);
    EXPECT_TRUE(reader.finished());
  }
}

TEST(CompactSize, RefusesAnythingLongerThanNecessary) {
  for (const char* hex : {"fd0000", "fdfc00", "fe00000000", "feffff0000", "ff0000000000000000", "ffffffffff00000000"}) {
    const Bytes bytes = *from_hex(hex);
    Reader reader(bytes);
    EXPECT_EQ(reader.compact_size(), 0U) << hex;
    EXPECT_FALSE(reader.ok()) << hex;
  }
}

TEST(CompactSize, RefusesEveryTruncation) {
  for (const std::uint64_t v : {253ULL, 0x10000ULL, 0x100000000ULL}) {
    const Bytes whole = compact(v);
    for (std::size_t n = 0; n < whole.size(); ++n) {
      Reader reader(ByteView(whole).first(n));
      EXPECT_EQ(reader.compact_size(), 0U);
      EXPECT_FALSE(reader.ok());
    }
  }
}

TEST(Reader, ReadsBackWhatAWriterWrote) {
  Bytes out;
  Writer writer(out);
  Hash256 hash;
  hash.bytes[5] = 9;
  writer.u8(1);
  writer.u16(0x1234);
  writer.u32(0xdeadbeef);
  writer.u48(0xffeeddccbbaa);
  writer.u64(~0ULL);
  writer.hash(hash);
  writer.sized(Bytes{7, 8, 9});
  Reader reader(out);
  EXPECT_EQ(reader.u8(), 1);
  EXPECT_EQ(reader.u16(), 0x1234);
  EXPECT_EQ(reader.u32(), 0xdeadbeef);
  EXPECT_EQ(reader.u48(), 0xffeeddccbbaaULL);
  EXPECT_EQ(reader.u64(), ~0ULL);
  EXPECT_EQ(reader.hash(), hash);
  EXPECT_FALSE(reader.finished());
  EXPECT_EQ(to_hex(reader.sized(3)), "070809");
  EXPECT_TRUE(reader.finished());
  EXPECT_EQ(reader.left(), 0U);
}

TEST(Reader, ReadsNothingButZerosAfterItsFirstFailure) {
  const Bytes bytes = {1, 2, 3};
  Reader reader(bytes);
  EXPECT_EQ(reader.u32(), 0U);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.u8(), 0);  // although a byte is there
  EXPECT_TRUE(reader.hash().is_zero());
  EXPECT_TRUE(reader.raw(1).empty());
  EXPECT_FALSE(reader.finished());
}

TEST(Reader, RefusesALengthBeyondWhatIsAllowedOrThere) {
  const Bytes three = {3, 7, 8, 9};
  Reader allowed(three);
  EXPECT_TRUE(allowed.sized(2).empty());
  EXPECT_FALSE(allowed.ok());
  const Bytes short_of_one = {3, 7, 8};
  Reader there(short_of_one);
  EXPECT_TRUE(there.sized(100).empty());
  EXPECT_FALSE(there.ok());
  const Bytes huge = *from_hex("ffffffffffffffffff01");
  Reader overflow(huge);
  EXPECT_TRUE(overflow.sized(~std::size_t{0}).empty());
  EXPECT_FALSE(overflow.ok());
}

TEST(Reader, CanBeToldThatWhatItReadWasWrong) {
  const Bytes one = {1};
  Reader reader(one);
  EXPECT_EQ(reader.u8(), 1);
  EXPECT_TRUE(reader.finished());
  reader.fail();
  EXPECT_FALSE(reader.finished());
}

}  // namespace
}  // namespace peerlab
