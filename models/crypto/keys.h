// Keys and signatures: BIP340 Schnorr signatures over secp256k1, through libsecp256k1.
//
// A public key is the 32-byte x coordinate of a point with an even y (BIP340). Signing is deterministic: the auxiliary
// randomness is zero, so that a run is a function of its seed. Checking a signature costs about 37 us, signing 25 us.
#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "models/base/bytes.h"
#include "models/base/random.h"

namespace peerlab {

/// An x-only public key as it lies in outputs: who owns something. Not every 32 bytes are a valid key.
struct PublicKey {
  std::array<std::uint8_t, 32> bytes{};

  friend constexpr auto operator<=>(const PublicKey&, const PublicKey&) = default;
  [[nodiscard]] std::uint64_t low64() const { return Hash256{bytes}.low64(); }
};
inline std::uint64_t spread(const PublicKey& key) { return mix64(key.low64()); }

/// A BIP340 signature.
struct Signature {
  std::array<std::uint8_t, 64> bytes{};

  friend constexpr auto operator<=>(const Signature&, const Signature&) = default;
};

/// A secret key together with what signing needs of it. Copied freely; 128 bytes.
class KeyPair {
 public:
  /// The key pair of a 32-byte secret. A secret outside 1 .. n-1 (chance 2^-128) is hashed until it is inside.
  static KeyPair from_secret(const Hash256& secret);
  /// The key of `owner` under `seed`: the same person has the same key in every system of a run.
  static KeyPair derive(std::uint64_t seed, std::uint32_t owner);

  [[nodiscard]] const PublicKey& public_key() const { return public_; }
  /// The secret scalar as given (its point may have an odd y; who uses it cares only for x).
  [[nodiscard]] Hash256 secret() const;
  /// Signature of a 32-byte message.
  [[nodiscard]] Signature sign(const Hash256& message) const;

 private:
  KeyPair() = default;
  std::array<std::uint8_t, 96> pair_{};
  PublicKey public_;
};

/// True when `signature` is one of `owner` on `message`; false as well when `owner` is no point of the curve.
[[nodiscard]] bool verify(const PublicKey& owner, const Hash256& message, const Signature& signature);

/// The x coordinate of secret * point: the secret that two key owners share. False when `other` is no point of the
/// curve.
[[nodiscard]] bool shared_secret(const KeyPair& mine, const PublicKey& other, Hash256& x);

}  // namespace peerlab
