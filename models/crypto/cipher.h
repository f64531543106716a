// ChaCha20 and ChaCha20-Poly1305 (RFC 8439) and HKDF-SHA256 (RFC 5869) through OpenSSL. Internal to models/crypto.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "models/base/bytes.h"

struct evp_cipher_ctx_st;

namespace peerlab::detail {

using Tag = std::array<std::uint8_t, 16>;
using Nonce = std::array<std::uint8_t, 12>;

/// A key and the nonce that goes with it.
struct CipherKey {
  Hash256 key;
  Nonce nonce{};
};

/// HKDF-SHA256 of `secret` with `salt` (not empty) and `info`: 44 bytes, key then nonce.
CipherKey derive_key(ByteView secret, ByteView salt, std::string_view info);

/// Encrypts `plain` into `out` (same size) and returns the tag.
Tag encrypt(const CipherKey& key, ByteView plain, std::span<std::uint8_t> out);
/// Decrypts `cipher` into `out` (same size); false when the tag is wrong, and `out` is then zeroed.
[[nodiscard]] bool decrypt(const CipherKey& key, ByteView cipher, const Tag& tag, std::span<std::uint8_t> out);
/// The key stream that encrypt() adds, added to `in` without a tag: turns a ciphertext into its plaintext and back.
void apply_key_stream(const CipherKey& key, ByteView in, std::span<std::uint8_t> out);

/// A running ChaCha20 key stream from block 0.
class KeyStream {
 public:
  explicit KeyStream(const CipherKey& key);
  /// Overwrites `out` with the next bytes.
  void next(std::span<std::uint8_t> out);

 private:
  struct Freed {
    void operator()(evp_cipher_ctx_st* context) const;
  };
  std::unique_ptr<evp_cipher_ctx_st, Freed> context_;
};

}  // namespace peerlab::detail
