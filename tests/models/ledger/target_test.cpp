// 256-bit numbers, compact targets and the merkle tree, against values worked out by hand and against slow twins.

#include "models/ledger/target.h"

#include <gtest/gtest.h>

#include "models/base/random.h"
#include "models/crypto/sha256.h"
#include "models/ledger/merkle.h"

namespace peerlab {
namespace {

U256 random_number(Stream& stream) {
  U256 v;
  for (unsigned i = 0; i < 4; ++i) {
    const std::uint64_t limb = stream.bits();
    v = (v << 64) + U256(limb);
  }
  const auto shift = static_cast<unsigned>(stream.below(256));
  return v >> shift;
}

TEST(U256, DividesSoThatQuotientTimesDivisorPlusRestIsTheDividend) {
  Stream stream(1, purpose("test u256"));
  for (int i = 0; i < 2000; ++i) {
    const U256 a = random_number(stream);
    const U256 b = random_number(stream) + U256(1);
    if (b.is_zero()) continue;
    const U256 q = a / b;
    U256 product;  // q * b by shifts and additions
    for (unsigned bit = 0; bit < 256; ++bit) {
      if (((q >> bit).low64() & 1) != 0) product += b << bit;
    }
    EXPECT_LE(product, a);
    EXPECT_LT(a - product, b);
  }
}

TEST(U256, ShiftsAreInversesAndComparisonsFollowTheHighestDifference) {
  for (unsigned bit = 0; bit < 256; ++bit) {
    EXPECT_EQ(U256(1) << bit, U256::one_bit(bit));
    EXPECT_EQ(U256::one_bit(bit) >> bit, U256(1));
    EXPECT_EQ(U256::one_bit(bit).bit_length(), bit + 1);
    EXPECT_LT(U256::one_bit(bit) - U256(1), U256::one_bit(bit));
  }
  EXPECT_EQ(U256(1) << 256, U256{});
  EXPECT_EQ(U256{} - U256(1), ~U256{});
  EXPECT_EQ(~U256{} + U256(1), U256{});
}

TEST(U256, MultipliesAndDividesInFullWidth) {
  EXPECT_EQ(U256::one_bit(250).times_over(1 << 20, 1 << 20), U256::one_bit(250)) << "the product has 271 bits";
  EXPECT_EQ((~U256{}).times_over(4, 1), ~U256{}) << "what does not fit becomes the largest";
  EXPECT_EQ(U256(7).times_over(3, 2), U256(10));
}

TEST(U256, BecomesADoubleRoundedDown) {
  EXPECT_EQ(U256{}.to_double(), 0);
  EXPECT_EQ(U256(12345).to_double(), 12345);
  EXPECT_EQ(U256::one_bit(200).to_double(), 0x1p200);
  EXPECT_EQ((U256::one_bit(200) - U256(1)).to_double(), 0x1.fffffffffffffp199);
}

TEST(U256, RoundTripsThroughHashes) {
  const Hash256 hash = sha256({});
  EXPECT_EQ(U256::from_hash(hash).to_hash(), hash);
  EXPECT_EQ(U256(0x1234).hex(), std::string(60, '0') + "1234");
}

TEST(Target, FollowsBitcoinsCompactForm) {
  EXPECT_EQ(target_of(0x01123456), U256(0x12));
  EXPECT_EQ(target_of(0x02123456), U256(0x1234));
  EXPECT_EQ(target_of(0x03123456), U256(0x123456));
  EXPECT_EQ(target_of(0x04123456), U256(0x12345600));
  EXPECT_EQ(target_of(0x1d00ffff), U256(0xffff) << 208);
  for (const std::uint32_t bits : {0U, 0x01003456U, 0x02000056U, 0x00123456U}) EXPECT_FALSE(target_of(bits)) << "zero";
  for (const std::uint32_t bits : {0x04923456U, 0x01fedcbaU}) EXPECT_FALSE(target_of(bits)) << "negative";
  for (const std::uint32_t bits : {0xff123456U, 0x21010000U, 0x22000100U, 0x23000001U}) {
    EXPECT_FALSE(target_of(bits)) << "above 256 bits: " << std::hex << bits;
  }
  EXPECT_EQ(target_of(0x2100ffff), U256(0xffff) << 240);
  EXPECT_EQ(target_of(0x220000ff), U256(0xff) << 248);
  EXPECT_EQ(bits_of(U256(0x80)), 0x02008000U) << "a mantissa never has the sign bit";
}

TEST(Target, RoundTripsDownToItsLeadingBits) {
  Stream stream(2, purpose("test target"));
  for (int i = 0; i < 2000; ++i) {
    const U256 target = random_number(stream);
    if (target.is_zero()) continue;
    const U256 back = *target_of(bits_of(target));
    EXPECT_LE(back, target);
    EXPECT_EQ(bits_of(back), bits_of(target));
    const unsigned length = target.bit_length();
    const unsigned rest = length > 15 ? length - 15 : 0;
    EXPECT_EQ(back >> rest, target >> rest);
  }
}

TEST(Work, IsTheExpectedNumberOfHashes) {
  EXPECT_EQ(work_of(0x1d00ffff), U256(0x100010001));
  EXPECT_EQ(expected_hashes(0x200fffff), 16.0) << "the default of Rules";
  EXPECT_EQ(work_of(0), U256{});
  for (const double hashes : {1.0, 2.0, 3.0, 16.0, 1000.0, 1e6, 1e15, 1e23}) {
    EXPECT_NEAR(expected_hashes(bits_for_hashes(hashes)) / hashes, 1, hashes < 4 ? 0.4 : 1e-4) << hashes;
  }
}

TEST(Retarget, IsBoundByTheFactorAndTheLimit) {
  Rules rules;
  rules.retarget_interval = 10;
  rules.spacing = seconds(10);
  rules.pow_limit = U256::one_bit(255) - U256(1);
  const std::uint32_t bits = bits_for_hashes(1024);
  EXPECT_EQ(retarget(rules, 0, 100, bits), bits_of(*target_of(bits))) << "as wanted: no change";
  EXPECT_NEAR(expected_hashes(retarget(rules, 0, 50, bits)), 2048, 1) << "twice as fast: twice as hard";
  EXPECT_NEAR(expected_hashes(retarget(rules, 0, 1, bits)), 4096, 1) << "at most by four";
  EXPECT_NEAR(expected_hashes(retarget(rules, 1000, 0, bits)), 4096, 1) << "time ran backwards";
  EXPECT_NEAR(expected_hashes(retarget(rules, 0, 100'000, bits)), 256, 1);
  EXPECT_NEAR(expected_hashes(retarget(rules, 0, 100'000, bits_for_hashes(4))), 2, 0.01)
      << "never easier than the limit";
}

TEST(Subsidy, Halves) {
  const Rules rules;
  EXPECT_EQ(rules.subsidy_at(0), 5'000'000'000U);
  EXPECT_EQ(rules.subsidy_at(209'999), 5'000'000'000U);
  EXPECT_EQ(rules.subsidy_at(210'000), 2'500'000'000U);
  EXPECT_EQ(rules.subsidy_at(0xffffffff), 0U) << "a shift by 64 or more would be undefined";
}

// The twin: the definition by recursion.
Hash256 slow_root(std::vector<Hash256> level) {
  if (level.size() == 1) return level[0];
  if (level.size() % 2 == 1) level.push_back(level.back());
  std::vector<Hash256> above;
  for (std::size_t i = 0; i < level.size(); i += 2) {
    Bytes both(level[i].bytes.begin(), level[i].bytes.end());
    both.insert(both.end(), level[i + 1].bytes.begin(), level[i + 1].bytes.end());
    above.push_back(double_sha256(both));
  }
  return slow_root(above);
}

TEST(Merkle, AgreesWithItsDefinitionAndKnowsEveryRepeatedTail) {
  for (std::size_t n = 1; n <= 40; ++n) {
    std::vector<Hash256> ids;
    for (std::size_t i = 0; i < n; ++i) ids.push_back(sha256(Bytes{static_cast<std::uint8_t>(i), 1}));
    const Merkle tree = merkle(ids);
    EXPECT_EQ(tree.root, slow_root(ids));
    EXPECT_FALSE(tree.mutated) << n;
    for (std::size_t tail = 1; tail <= n; ++tail) {
      std::vector<Hash256> longer = ids;
      longer.insert(longer.end(), ids.end() - static_cast<std::ptrdiff_t>(tail), ids.end());
      const Merkle forged = merkle(longer);
      EXPECT_TRUE(forged.root != tree.root || forged.mutated) << n << " + " << tail;
    }
  }
  EXPECT_TRUE(merkle({}).root.is_zero());
}

}  // namespace
}  // namespace peerlab
