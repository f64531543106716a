// Sealing bytes to the owner of a public key, so that only he can read them.
//
// Sealed bytes are a capsule of 96 bytes and the ciphertext, which is as long as the plaintext:
//
//   ephemeral public key 32 | content key, encrypted 32 | its tag 16 | tag of the ciphertext 16 | ciphertext
//
// A fresh content key encrypts the plaintext (ChaCha20-Poly1305, RFC 8439). The content key is encrypted under
// HKDF-SHA256(RFC 5869) of the Diffie-Hellman secret of an ephemeral key and the owner's. Content key, ephemeral key
// and nonces are all derived from `entropy`, which must be secret and different for each sealing; no chance is drawn,
// so that a run is a function of its seed. Giving sealed bytes to a new owner makes a new capsule around the same
// content key: the former owner has read the content anyway.
#pragma once

#include <optional>

#include "models/base/bytes.h"
#include "models/crypto/keys.h"

namespace peerlab {

inline constexpr std::size_t capsule_size = 96;

/// Capsule and ciphertext of `plain` for `owner`. Nothing when `owner` is no point of the curve.
std::optional<Bytes> seal(ByteView plain, const PublicKey& owner, const Hash256& entropy);
/// A capsule that makes `ciphertext` (any bytes) the sealed form of some plaintext: for content whose stored form is
/// declared.
std::optional<Bytes> capsule_for(ByteView ciphertext, const PublicKey& owner, const Hash256& entropy);
/// The plaintext; nothing when the key is another one or a byte was changed.
std::optional<Bytes> open(ByteView sealed, const KeyPair& owner);
/// The capsule (first 96 bytes of the sealed form) for a new owner; nothing when `owner` cannot open the old one.
std::optional<Bytes> reseal_capsule(ByteView capsule, const KeyPair& owner, const PublicKey& new_owner,
                                    const Hash256& entropy);

}  // namespace peerlab
