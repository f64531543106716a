#include "models/crypto/sha256.h"

#include <openssl/evp.h>

#include <array>

#include "models/base/check.h"

namespace peerlab {

namespace {

const EVP_MD* fetched_digest() {
  static const EVP_MD* const digest = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // kept until the process ends
  CHECK_SAYING(digest != nullptr, "OpenSSL has no SHA-256");
  return digest;
}

EVP_MD_CTX* new_context() {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  CHECK(context != nullptr);
  CHECK(EVP_DigestInit_ex2(context, fetched_digest(), nullptr) == 1);
  return context;
}

struct Freed {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// One context per thread, started and ready between calls. It holds no state that a result depends on.
EVP_MD_CTX* thread_context() {
  thread_local const std::unique_ptr<EVP_MD_CTX, Freed> context(new_context());
  return context.get();
}

void restart(EVP_MD_CTX* context) { CHECK(EVP_DigestInit_ex2(context, nullptr, nullptr) == 1); }

void once(EVP_MD_CTX* context, ByteView data, Hash256& out) {
  restart(context);
  CHECK(EVP_DigestUpdate(context, data.data(), data.size()) == 1);
  CHECK(EVP_DigestFinal_ex(context, out.bytes.data(), nullptr) == 1);
}

}  // namespace

Hash256 sha256(ByteView data) {
  Hash256 out;
  once(thread_context(), data, out);
  return out;
}

Hash256 double_sha256(ByteView data) {
  EVP_MD_CTX* const context = thread_context();
  Hash256 inner;
  Hash256 out;
  once(context, data, inner);
  once(context, inner.bytes, out);
  return out;
}

Hash256 tagged_hash(std::string_view tag, ByteView data) {
  const Hash256 prefix = sha256({reinterpret_cast<const std::uint8_t*>(tag.data()), tag.size()});
  EVP_MD_CTX* const context = thread_context();
  Hash256 out;
  restart(context);
  CHECK(EVP_DigestUpdate(context, prefix.bytes.data(), 32) == 1);
  CHECK(EVP_DigestUpdate(context, prefix.bytes.data(), 32) == 1);
  CHECK(EVP_DigestUpdate(context, data.data(), data.size()) == 1);
  CHECK(EVP_DigestFinal_ex(context, out.bytes.data(), nullptr) == 1);
  return out;
}

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, Freed> evp{new_context()};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::update(ByteView data) {
  CHECK(EVP_DigestUpdate(context_->evp.get(), data.data(), data.size()) == 1);
  return *this;
}

Hash256 Sha256::finish() {
  Hash256 out;
  CHECK(EVP_DigestFinal_ex(context_->evp.get(), out.bytes.data(), nullptr) == 1);
  restart(context_->evp.get());
  return out;
}

Hash256 Sha256::finish_double() { return sha256(finish().bytes); }

}  // namespace peerlab
