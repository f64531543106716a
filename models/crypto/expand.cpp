#include "models/crypto/expand.h"

#include "models/crypto/cipher.h"
#include "models/crypto/sha256.h"

namespace peerlab {

namespace {
detail::CipherKey key_of(std::uint64_t seed) {
  Bytes text;
  Writer(text).u64(seed);
  return {tagged_hash("peerlab/expand", text), {}};
}
}  // namespace

struct Expansion::Cipher {
  detail::KeyStream stream;
};

Expansion::Expansion(std::uint64_t seed) : cipher_(new Cipher{detail::KeyStream(key_of(seed))}) {}
Expansion::~Expansion() = default;

void Expansion::next(std::span<std::uint8_t> out) { cipher_->stream.next(out); }

Bytes expand(std::uint64_t seed, std::size_t size) {
  Bytes out(size);
  Expansion(seed).next(out);
  return out;
}

}  // namespace peerlab
