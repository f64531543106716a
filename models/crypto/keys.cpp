#include "models/crypto/keys.h"

#include <secp256k1_ecdh.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>

#include <algorithm>

#include "models/base/check.h"
#include "models/crypto/curve.h"
#include "models/crypto/sha256.h"

namespace peerlab {

namespace detail {
const secp256k1_context* curve() {
  static const secp256k1_context* const context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
  CHECK(context != nullptr);
  return context;
}
}  // namespace detail

namespace {

static_assert(sizeof(secp256k1_keypair) == 96);

const secp256k1_keypair* as_pair(const std::array<std::uint8_t, 96>& bytes) {
  return reinterpret_cast<const secp256k1_keypair*>(bytes.data());  // the library's type is 96 bytes and nothing else
}

int only_x(unsigned char* output, const unsigned char* x32, const unsigned char*, void*) {
  std::copy_n(x32, 32, output);
  return 1;
}

}  // namespace

KeyPair KeyPair::from_secret(const Hash256& secret) {
  const secp256k1_context* const curve = detail::curve();
  KeyPair key;
  Hash256 scalar = secret;
  secp256k1_keypair pair;
  while (secp256k1_keypair_create(curve, &pair, scalar.bytes.data()) != 1) scalar = sha256(scalar.bytes);
  std::copy_n(pair.data, key.pair_.size(), key.pair_.begin());
  secp256k1_xonly_pubkey point;
  CHECK(secp256k1_keypair_xonly_pub(curve, &point, nullptr, &pair) == 1);
  CHECK(secp256k1_xonly_pubkey_serialize(curve, key.public_.bytes.data(), &point) == 1);
  return key;
}

KeyPair KeyPair::derive(std::uint64_t seed, std::uint32_t owner) {
  Bytes text;
  Writer out(text);
  out.u64(seed);
  out.u32(owner);
  return from_secret(tagged_hash("peerlab/key", text));
}

Hash256 KeyPair::secret() const {
  Hash256 scalar;
  CHECK(secp256k1_keypair_sec(detail::curve(), scalar.bytes.data(), as_pair(pair_)) == 1);
  return scalar;
}

Signature KeyPair::sign(const Hash256& message) const {
  Signature signature;
  CHECK(secp256k1_schnorrsig_sign32(detail::curve(), signature.bytes.data(), message.bytes.data(), as_pair(pair_),
                                    nullptr) == 1);
  return signature;
}

bool verify(const PublicKey& owner, const Hash256& message, const Signature& signature) {
  const secp256k1_context* const curve = detail::curve();
  secp256k1_xonly_pubkey point;
  if (secp256k1_xonly_pubkey_parse(curve, &point, owner.bytes.data()) != 1) return false;
  return secp256k1_schnorrsig_verify(curve, signature.bytes.data(), message.bytes.data(), message.bytes.size(),
                                     &point) == 1;
}

bool shared_secret(const KeyPair& mine, const PublicKey& other, Hash256& x) {
  const secp256k1_context* const curve = detail::curve();
  std::array<std::uint8_t, 33> compressed{};  // the point with the even y
  compressed[0] = 2;
  std::copy(other.bytes.begin(), other.bytes.end(), compressed.begin() + 1);
  secp256k1_pubkey point;
  if (secp256k1_ec_pubkey_parse(curve, &point, compressed.data(), compressed.size()) != 1) return false;
  const Hash256 scalar = mine.secret();
  return secp256k1_ecdh(curve, x.bytes.data(), &point, scalar.bytes.data(), only_x, nullptr) == 1;
}

}  // namespace peerlab
