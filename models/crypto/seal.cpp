#include "models/crypto/seal.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/crypto/cipher.h"
#include "models/crypto/sha256.h"

namespace peerlab {

namespace {

// Places in a capsule.
constexpr std::size_t wrapped_at = 32;
constexpr std::size_t wrapped_tag_at = 64;
constexpr std::size_t body_tag_at = 80;

// The content key as it is wrapped: 32 bytes from which the cipher's key and nonce are derived.
Hash256 content_secret(const Hash256& entropy) { return tagged_hash("peerlab/seal/content", entropy.bytes); }
detail::CipherKey content_key(const Hash256& secret) {
  return detail::derive_key(secret.bytes, Hash256{}.bytes, "peerlab/seal/content");  // no salt: zeros, as RFC 5869 says
}

detail::CipherKey wrapping_key(const Hash256& shared, const PublicKey& ephemeral, const PublicKey& owner) {
  Bytes salt(ephemeral.bytes.begin(), ephemeral.bytes.end());
  salt.insert(salt.end(), owner.bytes.begin(), owner.bytes.end());
  return detail::derive_key(shared.bytes, salt, "peerlab/seal/wrap");
}

detail::Tag tag_at(ByteView capsule, std::size_t at) {
  detail::Tag tag{};
  std::copy_n(capsule.begin() + static_cast<std::ptrdiff_t>(at), tag.size(), tag.begin());
  return tag;
}

template <class Source>
void put(Bytes& capsule, std::size_t at, const Source& source) {
  std::copy(source.begin(), source.end(), capsule.begin() + static_cast<std::ptrdiff_t>(at));
}

// A capsule that gives `owner` the content secret. The ephemeral key depends on the owner too: resealing with the same
// entropy to another owner shows no common key.
std::optional<Bytes> wrap(const Hash256& secret, const PublicKey& owner, const Hash256& entropy,
                          const detail::Tag& body_tag) {
  Bytes text(entropy.bytes.begin(), entropy.bytes.end());
  text.insert(text.end(), owner.bytes.begin(), owner.bytes.end());
  const KeyPair ephemeral = KeyPair::from_secret(tagged_hash("peerlab/seal/ephemeral", text));
  Hash256 shared;
  if (!shared_secret(ephemeral, owner, shared)) return std::nullopt;
  Hash256 wrapped;
  const detail::Tag tag =
      detail::encrypt(wrapping_key(shared, ephemeral.public_key(), owner), secret.bytes, wrapped.bytes);
  Bytes capsule(capsule_size);
  put(capsule, 0, ephemeral.public_key().bytes);
  put(capsule, wrapped_at, wrapped.bytes);
  put(capsule, wrapped_tag_at, tag);
  put(capsule, body_tag_at, body_tag);
  return capsule;
}

std::optional<Hash256> unwrap(ByteView capsule, const KeyPair& owner) {
  if (capsule.size() < capsule_size) return std::nullopt;
  PublicKey ephemeral;
  std::copy_n(capsule.begin(), 32, ephemeral.bytes.begin());
  Hash256 shared;
  if (!shared_secret(owner, ephemeral, shared)) return std::nullopt;
  Hash256 secret;
  if (!detail::decrypt(wrapping_key(shared, ephemeral, owner.public_key()), capsule.subspan(wrapped_at, 32),
                       tag_at(capsule, wrapped_tag_at), secret.bytes)) {
    return std::nullopt;
  }
  return secret;
}

}  // namespace

std::optional<Bytes> seal(ByteView plain, const PublicKey& owner, const Hash256& entropy) {
  const Hash256 secret = content_secret(entropy);
  Bytes cipher(plain.size());
  const detail::Tag tag = detail::encrypt(content_key(secret), plain, cipher);
  std::optional<Bytes> sealed = wrap(secret, owner, entropy, tag);
  if (sealed) sealed->insert(sealed->end(), cipher.begin(), cipher.end());
  return sealed;
}

std::optional<Bytes> capsule_for(ByteView ciphertext, const PublicKey& owner, const Hash256& entropy) {
  const Hash256 secret = content_secret(entropy);
  const detail::CipherKey key = content_key(secret);
  Bytes plain(ciphertext.size());
  Bytes again(ciphertext.size());
  detail::apply_key_stream(key, ciphertext, plain);
  const detail::Tag tag = detail::encrypt(key, plain, again);
  return wrap(secret, owner, entropy, tag);
}

std::optional<Bytes> open(ByteView sealed, const KeyPair& owner) {
  const std::optional<Hash256> secret = unwrap(sealed, owner);
  if (!secret) return std::nullopt;
  const ByteView cipher = sealed.subspan(capsule_size);
  Bytes plain(cipher.size());
  if (!detail::decrypt(content_key(*secret), cipher, tag_at(sealed, body_tag_at), plain)) return std::nullopt;
  return plain;
}

std::optional<Bytes> reseal_capsule(ByteView capsule, const KeyPair& owner, const PublicKey& new_owner,
                                    const Hash256& entropy) {
  const std::optional<Hash256> secret = unwrap(capsule, owner);
  if (!secret) return std::nullopt;
  return wrap(*secret, new_owner, entropy, tag_at(capsule, body_tag_at));
}

}  // namespace peerlab
