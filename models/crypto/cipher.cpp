#include "models/crypto/cipher.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <string>

#include "models/base/check.h"

namespace peerlab::detail {

namespace {

struct CipherFreed {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, CipherFreed>;

const EVP_CIPHER* fetched(const char* name) {
  const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, name, nullptr);
  CHECK_SAYING(cipher != nullptr, name);
  return cipher;
}
const EVP_CIPHER* sealed_cipher() {
  static const EVP_CIPHER* const cipher = fetched("ChaCha20-Poly1305");
  return cipher;
}
const EVP_CIPHER* stream_cipher() {
  static const EVP_CIPHER* const cipher = fetched("ChaCha20");
  return cipher;
}

CipherContext start(const EVP_CIPHER* cipher, const std::uint8_t* key, const std::uint8_t* iv, bool encrypting) {
  CipherContext context(EVP_CIPHER_CTX_new());
  CHECK(context != nullptr);
  CHECK(EVP_CipherInit_ex2(context.get(), cipher, key, iv, encrypting ? 1 : 0, nullptr) == 1);
  return context;
}

// OpenSSL's lengths are ints; content is at most some megabytes, but a piece at a time works for any size.
void update(EVP_CIPHER_CTX* context, ByteView in, std::span<std::uint8_t> out) {
  constexpr std::size_t piece = std::size_t{1} << 20;
  for (std::size_t at = 0; at < in.size(); at += piece) {
    const std::size_t n = std::min(piece, in.size() - at);
    int written = 0;
    CHECK(EVP_CipherUpdate(context, out.data() + at, &written, in.data() + at, static_cast<int>(n)) == 1);
    CHECK(static_cast<std::size_t>(written) == n);
  }
}

// OpenSSL's ChaCha20 takes the 32-bit block counter and the nonce together.
std::array<std::uint8_t, 16> counter_and_nonce(std::uint8_t counter, const Nonce& nonce) {
  std::array<std::uint8_t, 16> iv{};
  iv[0] = counter;
  std::copy(nonce.begin(), nonce.end(), iv.begin() + 4);
  return iv;
}

}  // namespace

CipherKey derive_key(ByteView secret, ByteView salt, std::string_view info) {
  CHECK(!salt.empty());
  struct Freed {
    void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
  };
  static EVP_KDF* const hkdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  CHECK_SAYING(hkdf != nullptr, "OpenSSL has no HKDF");
  const std::unique_ptr<EVP_KDF_CTX, Freed> context(EVP_KDF_CTX_new(hkdf));
  CHECK(context != nullptr);
  // The parameters are not const in OpenSSL's interface, though it only reads them.
  std::string digest = "SHA256";
  Bytes secret_copy(secret.begin(), secret.end());
  Bytes salt_copy(salt.begin(), salt.end());
  std::string info_copy(info);
  const std::array<OSSL_PARAM, 5> parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret_copy.data(), secret_copy.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt_copy.data(), salt_copy.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info_copy.data(), info_copy.size()),
      OSSL_PARAM_construct_end(),
  };
  std::array<std::uint8_t, 44> out{};
  CHECK(EVP_KDF_derive(context.get(), out.data(), out.size(), parameters.data()) == 1);
  CipherKey key;
  std::copy_n(out.begin(), 32, key.key.bytes.begin());
  std::copy_n(out.begin() + 32, 12, key.nonce.begin());
  return key;
}

Tag encrypt(const CipherKey& key, ByteView plain, std::span<std::uint8_t> out) {
  CHECK(out.size() == plain.size());
  const CipherContext context = start(sealed_cipher(), key.key.bytes.data(), key.nonce.data(), true);
  update(context.get(), plain, out);
  int written = 0;
  Tag tag{};
  CHECK(EVP_CipherFinal_ex(context.get(), tag.data(), &written) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag.size()), tag.data()) == 1);
  return tag;
}

bool decrypt(const CipherKey& key, ByteView cipher, const Tag& tag, std::span<std::uint8_t> out) {
  CHECK(out.size() == cipher.size());
  const CipherContext context = start(sealed_cipher(), key.key.bytes.data(), key.nonce.data(), false);
  update(context.get(), cipher, out);
  Tag expected = tag;
  CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(expected.size()), expected.data()) ==
        1);
  int written = 0;
  Tag rest{};
  if (EVP_CipherFinal_ex(context.get(), rest.data(), &written) == 1) return true;
  std::fill(out.begin(), out.end(), std::uint8_t{0});
  return false;
}

void apply_key_stream(const CipherKey& key, ByteView in, std::span<std::uint8_t> out) {
  CHECK(out.size() == in.size());
  const std::array<std::uint8_t, 16> iv = counter_and_nonce(1, key.nonce);  // block 0 makes the Poly1305 key
  const CipherContext context = start(stream_cipher(), key.key.bytes.data(), iv.data(), true);
  update(context.get(), in, out);
}

void KeyStream::Freed::operator()(evp_cipher_ctx_st* context) const { EVP_CIPHER_CTX_free(context); }

KeyStream::KeyStream(const CipherKey& key) {
  const std::array<std::uint8_t, 16> iv = counter_and_nonce(0, key.nonce);
  context_.reset(start(stream_cipher(), key.key.bytes.data(), iv.data(), true).release());
}

void KeyStream::next(std::span<std::uint8_t> out) {
  std::fill(out.begin(), out.end(), std::uint8_t{0});
  update(context_.get(), out, out);
}

}  // namespace peerlab::detail
