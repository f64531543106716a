// Known answers of the primitives, from their standards.

#include <gtest/gtest.h>

#include <string>

#include "models/crypto/cipher.h"
#include "models/crypto/expand.h"
#include "models/crypto/keys.h"
#include "models/crypto/seal.h"
#include "models/crypto/sha256.h"
#include "models/crypto/siphash.h"

namespace peerlab {
namespace {

ByteView view(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }
template <class Array>
Array array_from(std::string_view hex) {
  const std::optional<Bytes> bytes = from_hex(hex);
  Array out{};
  EXPECT_TRUE(bytes.has_value() && bytes->size() == out.size());
  if (bytes) std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}
Hash256 hash_from(std::string_view hex) { return {array_from<std::array<std::uint8_t, 32>>(hex)}; }

TEST(Sha256, AgreesWithTheVectorsOfFips180) {
  EXPECT_EQ(to_hex(sha256({}).view()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256(view("abc")).view()), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256(view("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).view()),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(to_hex(sha256(view(std::string(1'000'000, 'a'))).view()),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, HashesTheSameInPiecesAsInOne) {
  const Bytes data = expand(1, 1000);
  Sha256 hash;
  for (std::size_t i = 0; i < data.size(); i += 77) {
    hash.update(ByteView(data).subspan(i, std::min<std::size_t>(77, data.size() - i)));
  }
  EXPECT_EQ(hash.finish(), sha256(data));
  EXPECT_EQ(hash.update(data).finish_double(), double_sha256(data)) << "a finished hash starts afresh";
  EXPECT_EQ(double_sha256(data), sha256(sha256(data).bytes));
}

TEST(Sha256, SeparatesTags) {
  EXPECT_NE(tagged_hash("a", view("x")), tagged_hash("b", view("x")));
  const Hash256 tag = sha256(view("a"));
  Sha256 hash;
  hash.update(tag.bytes).update(tag.bytes).update(view("x"));
  EXPECT_EQ(hash.finish(), tagged_hash("a", view("x")));
}

TEST(SipHash, AgreesWithTheVectorsOfItsAuthors) {
  // Key 00 01 .. 0f, input the first n bytes of 00 01 02 ..; Aumasson and Bernstein 2012, appendix A and reference
  // code.
  const std::uint64_t k0 = 0x0706050403020100ULL;
  const std::uint64_t k1 = 0x0f0e0d0c0b0a0908ULL;
  Bytes in;
  for (std::uint8_t i = 0; i < 32; ++i) in.push_back(i);
  EXPECT_EQ(siphash(k0, k1, ByteView(in).first(0)), 0x726fdb47dd0e0e31ULL);
  EXPECT_EQ(siphash(k0, k1, ByteView(in).first(1)), 0x74f839c593dc67fdULL);
  EXPECT_EQ(siphash(k0, k1, ByteView(in).first(15)), 0xa129ca6149be45e5ULL);
  Hash256 hash;
  std::copy(in.begin(), in.end(), hash.bytes.begin());
  EXPECT_EQ(siphash(k0, k1, hash), 0x7127512f72f27cceULL);
}

struct Vector {
  const char* key;
  const char* message;
  const char* signature;
  bool valid;
  const char* why;
};

// BIP340, test-vectors.csv (BSD-2-Clause): numbers 0, 1, 2, 4, 5, 6, 7, 8, 12, 13 and 14.
constexpr Vector bip340[] = {
    {"F9308A019258C31049344F85F89D5229B531C845836F99B08601F113BCE036F9",
     "0000000000000000000000000000000000000000000000000000000000000000",
     "E907831F80848D1069A5371B402410364BDF1C5F8307B0084C55F1CE2DCA8215"
     "25F66A4A85EA8B71E482A74F382D2CE5EBEEE8FDB2172F477DF4900D310536C0",
     true, "secret key 3, auxiliary randomness zero"},
    {"DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
     "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
     "6896BD60EEAE296DB48A229FF71DFE071BDE413E6D43F917DC8DCF8C78DE3341"
     "8906D11AC976ABCCB20B091292BFF4EA897EFCB639EA871CFA95F6DE339E4B0A",
     true, ""},
    {"DD308AFEC5777E13121FA72B9CC1B7CC0139715309B086C960E18FD969774EB8",
     "7E2D58D8B3BCDF1ABADEC7829054F90DDA9805AAB56C77333024B9D0A508B75C",
     "5831AAEED7B44BB74E5EAB94BA9D4294C49BCF2A60728D8B4C200F50DD313C1B"
     "AB745879A5AD954A72C45A91C3A51D3C7ADEA98D82F8481E0E1E03674A6F3FB7",
     true, ""},
    {"D69C3509BB99E412E68B0FE8544E72837DFA30746D8BE2AA65975F29D22DC7B9",
     "4DF3C3F68FCC83B27E9D42C90431A72499F17875C81A599B566C9889B9696703",
     "00000000000000000000003B78CE563F89A0ED9414F5AA28AD0D96D6795F9C63"
     "76AFB1548AF603B3EB45C9F8207DEE1060CB71C04E80F593060B07D28308D7F4",
     true, "a nonce point with many leading zeros"},
    {"EEFDEA4CDB677750A420FEE807EACF21EB9898AE79B9768766E4FAA04A2D4A34",
     "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
     "6CFF5C3BA86C69EA4B7376F31A9BCB4F74C1976089B2D9963DA2E5543E177769"
     "69E89B4C5564D00349106B8497785DD7D1D713A8AE82B32FA79D5F7FC407D39B",
     false, "public key not on the curve"},
    {"DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
     "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
     "FFF97BD5755EEEA420453A14355235D382F6472F8568A18B2F057A1460297556"
     "3CC27944640AC607CD107AE10923D9EF7A73C643E166BE5EBEAFA34B1AC553E2",
     false, "the nonce point has an odd y"},
    {"DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
     "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
     "1FA62E331EDBC21C394792D2AB1100A7B432B013DF3F6FF4F99FCB33E0E1515F"
     "28890B3EDB6E7189B630448B515CE4F8622A954CFE545735AAEA5134FCCDB2BD",
     false, "negated message"},
    {"DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
     "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
     "6CFF5C3BA86C69EA4B7376F31A9BCB4F74C1976089B2D9963DA2E5543E177769"
     "961764B3AA9B2FFCB6EF947B6887A226E8D7C93E00C5ED0C1834FF0D0C2E6DA6",
     false, "negated s"},
    {"DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
     "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
     "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F"
     "69E89B4C5564D00349106B8497785DD7D1D713A8AE82B32FA79D5F7FC407D39B",
     false, "the nonce's x equals the field size"},
    {"DFF1D77F2A671C5F36183726DB2341BE58FEAE1DA2DECED843240F7B502BA659",
     "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
     "6CFF5C3BA86C69EA4B7376F31A9BCB4F74C1976089B2D9963DA2E5543E177769"
     "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
     false, "s equals the curve's order"},
    {"FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC30",
     "243F6A8885A308D313198A2E03707344A4093822299F31D0082EFA98EC4E6C89",
     "6CFF5C3BA86C69EA4B7376F31A9BCB4F74C1976089B2D9963DA2E5543E177769"
     "69E89B4C5564D00349106B8497785DD7D1D713A8AE82B32FA79D5F7FC407D39B",
     false, "the public key exceeds the field size"},
};

TEST(Keys, JudgeTheVectorsOfBip340) {
  for (const Vector& v : bip340) {
    const PublicKey key{array_from<std::array<std::uint8_t, 32>>(v.key)};
    const Signature signature{array_from<std::array<std::uint8_t, 64>>(v.signature)};
    EXPECT_EQ(verify(key, hash_from(v.message), signature), v.valid) << v.key << " " << v.why;
  }
}

TEST(Keys, SignVectorZeroOfBip340) {
  Hash256 three;
  three.bytes[31] = 3;
  const KeyPair key = KeyPair::from_secret(three);
  EXPECT_EQ(key.public_key().bytes, (array_from<std::array<std::uint8_t, 32>>(bip340[0].key)));
  EXPECT_EQ(key.sign(Hash256{}).bytes, (array_from<std::array<std::uint8_t, 64>>(bip340[0].signature)));
}

TEST(Keys, AreTheSameForTheSamePersonAndDifferForOthers) {
  EXPECT_EQ(KeyPair::derive(7, 1).public_key(), KeyPair::derive(7, 1).public_key());
  EXPECT_NE(KeyPair::derive(7, 1).public_key(), KeyPair::derive(7, 2).public_key());
  EXPECT_NE(KeyPair::derive(7, 1).public_key(), KeyPair::derive(8, 1).public_key());
}

TEST(Keys, ASecretOutsideTheRangeIsHashedIntoIt) {
  const KeyPair zero = KeyPair::from_secret(Hash256{});
  EXPECT_EQ(zero.public_key(), KeyPair::from_secret(sha256(Hash256{}.bytes)).public_key());
}

TEST(Keys, RefuseEveryFlippedBitOfASignature) {
  const KeyPair key = KeyPair::derive(1, 1);
  const Hash256 message = sha256(view("message"));
  const Signature good = key.sign(message);
  ASSERT_TRUE(verify(key.public_key(), message, good));
  for (std::size_t bit = 0; bit < 512; bit += 7) {
    Signature bad = good;
    bad.bytes[bit / 8] = static_cast<std::uint8_t>(bad.bytes[bit / 8] ^ (1U << (bit % 8)));
    EXPECT_FALSE(verify(key.public_key(), message, bad)) << bit;
  }
  EXPECT_FALSE(verify(KeyPair::derive(1, 2).public_key(), message, good));
  EXPECT_FALSE(verify(key.public_key(), sha256(view("another")), good));
}

TEST(Keys, TwoOwnersShareOneSecretWhateverTheParityOfTheirPoints) {
  for (std::uint32_t i = 0; i < 16; ++i) {
    const KeyPair a = KeyPair::derive(3, i);
    const KeyPair b = KeyPair::derive(4, i);
    Hash256 ab;
    Hash256 ba;
    ASSERT_TRUE(shared_secret(a, b.public_key(), ab));
    ASSERT_TRUE(shared_secret(b, a.public_key(), ba));
    EXPECT_EQ(ab, ba);
  }
  Hash256 x;
  EXPECT_FALSE(shared_secret(KeyPair::derive(1, 1), PublicKey{}, x)) << "zero is no x coordinate";
}

TEST(Cipher, AgreesWithTheVectorsOfItsStandards) {
  // RFC 5869, appendix A.1: the first 42 of our 44 bytes.
  const Bytes secret(22, 0x0b);
  const Bytes salt = *from_hex("000102030405060708090a0b0c");
  const Bytes info = *from_hex("f0f1f2f3f4f5f6f7f8f9");
  const detail::CipherKey derived =
      detail::derive_key(secret, salt, {reinterpret_cast<const char*>(info.data()), info.size()});
  EXPECT_EQ(to_hex(derived.key.view()), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
  EXPECT_EQ(to_hex(derived.nonce).substr(0, 20), "34007208d5b887185865");

  // RFC 8439, section 2.3.2's key and nonce: block 1 of the key stream, with the counter at 1.
  detail::CipherKey key;
  for (std::uint8_t i = 0; i < 32; ++i) key.key.bytes[i] = i;
  key.nonce = {0, 0, 0, 9, 0, 0, 0, 0x4a, 0, 0, 0, 0};
  const Bytes zeros(16);
  Bytes stream(16);
  detail::apply_key_stream(key, zeros, stream);
  EXPECT_EQ(to_hex(stream), "10f1e7e4d13b5915500fdd1fa32071c4");
}

TEST(Expand, GivesOneLongRowOfBytesPerSeed) {
  const Bytes all = expand(9, 5000);
  Expansion pieces(9);
  Bytes joined(5000);
  for (std::size_t i = 0; i < joined.size(); i += 100) pieces.next(std::span(joined).subspan(i, 100));
  EXPECT_EQ(joined, all);
  EXPECT_NE(expand(10, 5000), all);
  std::array<int, 256> counts{};
  for (const std::uint8_t b : expand(11, 256'000)) ++counts[b];
  for (const int c : counts) EXPECT_NEAR(c, 1000, 4.5 * 32) << "uniform bytes, 4.5 standard deviations";
}

TEST(Seal, OpensForTheOwnerAndNobodyElse) {
  const KeyPair owner = KeyPair::derive(1, 1);
  const KeyPair thief = KeyPair::derive(1, 2);
  const Bytes plain = expand(5, 1000);
  const std::optional<Bytes> sealed = seal(plain, owner.public_key(), sha256(view("entropy")));
  ASSERT_TRUE(sealed.has_value());
  EXPECT_EQ(sealed->size(), capsule_size + plain.size());
  EXPECT_EQ(open(*sealed, owner), plain);
  EXPECT_FALSE(open(*sealed, thief).has_value());
  EXPECT_FALSE(seal(plain, PublicKey{}, Hash256{}).has_value());
  EXPECT_FALSE(open(ByteView(*sealed).first(capsule_size - 1), owner).has_value());
  EXPECT_EQ(open(*seal({}, owner.public_key(), Hash256{}), owner), Bytes{});
}

TEST(Seal, NoticesEveryChangedByte) {
  const KeyPair owner = KeyPair::derive(1, 1);
  const Bytes sealed = *seal(expand(5, 40), owner.public_key(), sha256(view("entropy")));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes bad = sealed;
    bad[i] = static_cast<std::uint8_t>(bad[i] ^ 1);
    EXPECT_FALSE(open(bad, owner).has_value()) << i;
  }
}

TEST(Seal, ResealingGivesItToTheNewOwnerAlone) {
  const KeyPair first = KeyPair::derive(1, 1);
  const KeyPair second = KeyPair::derive(1, 2);
  const Bytes plain = expand(5, 100);
  Bytes sealed = *seal(plain, first.public_key(), sha256(view("one")));
  const std::optional<Bytes> capsule = reseal_capsule(sealed, first, second.public_key(), sha256(view("two")));
  ASSERT_TRUE(capsule.has_value());
  EXPECT_FALSE(reseal_capsule(sealed, second, first.public_key(), sha256(view("two"))).has_value());
  std::copy(capsule->begin(), capsule->end(), sealed.begin());
  EXPECT_EQ(open(sealed, second), plain);
  EXPECT_FALSE(open(sealed, first).has_value());
}

TEST(Seal, ACapsuleMakesAnyBytesTheSealedFormOfSomething) {
  const KeyPair owner = KeyPair::derive(1, 1);
  const Bytes ciphertext = expand(6, 333);
  Bytes sealed = *capsule_for(ciphertext, owner.public_key(), sha256(view("e")));
  sealed.insert(sealed.end(), ciphertext.begin(), ciphertext.end());
  const std::optional<Bytes> plain = open(sealed, owner);
  ASSERT_TRUE(plain.has_value());
  EXPECT_NE(*plain, ciphertext);
  EXPECT_EQ(*seal(*plain, owner.public_key(), sha256(view("e"))), sealed)
      << "it is what sealing that plaintext would give";
}

}  // namespace
}  // namespace peerlab
