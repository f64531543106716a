#include "models/ledger/content.h"

#include <algorithm>
#include <array>

#include "models/crypto/expand.h"
#include "models/crypto/seal.h"
#include "models/crypto/sha256.h"

namespace peerlab {

Content stored_content(ByteView bytes) { return {Bytes(bytes.begin(), bytes.end()), 0, 0}; }

Content declared_content(std::uint64_t seed, std::uint32_t size) { return {{}, size == 0 ? 0 : seed, size}; }

Hash256 commitment(const Content& content) {
  if (content.generated == 0) return sha256(content.stored);
  Sha256 hash;
  hash.update(content.stored);
  Expansion bytes(content.seed);
  std::array<std::uint8_t, 16384> piece{};
  for (std::size_t left = content.generated; left > 0;) {
    const std::span<std::uint8_t> part = std::span(piece).first(std::min(left, piece.size()));
    bytes.next(part);
    hash.update(part);
    left -= part.size();
  }
  return hash.finish();
}

Bytes materialise(const Content& content) {
  Bytes all = content.stored;
  all.resize(content.stored.size() + content.generated);
  if (content.generated > 0) Expansion(content.seed).next(std::span(all).subspan(content.stored.size()));
  return all;
}

std::optional<Content> seal_content(const Content& plain, const PublicKey& owner, const Hash256& entropy) {
  std::optional<Bytes> sealed;
  if (plain.stored.empty() && plain.generated > 0) {
    sealed = capsule_for(materialise(plain), owner, entropy);
    if (!sealed) return std::nullopt;
    return Content{std::move(*sealed), plain.seed, plain.generated};
  }
  sealed = seal(materialise(plain), owner, entropy);
  if (!sealed) return std::nullopt;
  return Content{std::move(*sealed), 0, 0};
}

std::optional<Bytes> open_content(const Content& sealed, const KeyPair& owner) {
  return open(materialise(sealed), owner);
}

std::optional<Content> reseal_content(const Content& sealed, const KeyPair& owner, const PublicKey& new_owner,
                                      const Hash256& entropy) {
  if (sealed.stored.size() < capsule_size) return std::nullopt;
  std::optional<Bytes> capsule = reseal_capsule(sealed.stored, owner, new_owner, entropy);
  if (!capsule) return std::nullopt;
  Content out = sealed;
  std::copy(capsule->begin(), capsule->end(), out.stored.begin());
  return out;
}

}  // namespace peerlab
