// What a record says: bytes that are stored, or declared and derived from a seed on demand, or both.
//
// The bytes of a content are `stored` followed by `generated` bytes of the expansion of `seed`. A text is all stored,
// a photo of 2 MB is all declared; a sealed photo has a stored capsule and a declared ciphertext. The commitment is
// the real SHA-256 of all these bytes, and on the wire they are all there.
#pragma once

#include <cstdint>
#include <optional>

#include "models/base/bytes.h"
#include "models/crypto/keys.h"

namespace peerlab {

struct Content {
  Bytes stored;
  std::uint64_t seed = 0;       ///< zero when nothing is generated
  std::uint32_t generated = 0;  ///< bytes

  friend bool operator==(const Content&, const Content&) = default;
  [[nodiscard]] std::uint64_t size() const { return stored.size() + generated; }
};

Content stored_content(ByteView bytes);
Content declared_content(std::uint64_t seed, std::uint32_t size);

/// SHA-256 of all bytes.
Hash256 commitment(const Content& content);
/// All bytes.
Bytes materialise(const Content& content);

/// `plain` sealed to `owner`: 96 bytes longer. Stored content is encrypted; declared content stays declared and
/// becomes the ciphertext, so that its plaintext is what only the owner can compute. Mixed content is materialised and
/// encrypted. `entropy` must be secret and unique. Nothing when `owner` is no valid key.
std::optional<Content> seal_content(const Content& plain, const PublicKey& owner, const Hash256& entropy);
/// The plaintext; nothing when `owner` is not who it was sealed to, or a byte was changed.
std::optional<Bytes> open_content(const Content& sealed, const KeyPair& owner);
/// The same content for a new owner: a new capsule. Nothing when `owner` cannot open the old one.
std::optional<Content> reseal_content(const Content& sealed, const KeyPair& owner, const PublicKey& new_owner,
                                      const Hash256& entropy);

}  // namespace peerlab
