// Bytes derived from a seed: the content that is declared instead of stored.
//
// The bytes are the ChaCha20 key stream (RFC 8439) under key SHA-256("peerlab/expand" tagged seed): any prefix of a
// long expansion equals a short one. About 1 ms per megabyte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "models/base/bytes.h"

namespace peerlab {

/// Produces the bytes of `seed` from the first on, piece by piece.
class Expansion {
 public:
  explicit Expansion(std::uint64_t seed);
  ~Expansion();
  Expansion(const Expansion&) = delete;
  Expansion& operator=(const Expansion&) = delete;
  /// Fills `out` with the next bytes.
  void next(std::span<std::uint8_t> out);

 private:
  struct Cipher;
  std::unique_ptr<Cipher> cipher_;
};

/// The first `size` bytes of `seed`.
Bytes expand(std::uint64_t seed, std::size_t size);

}  // namespace peerlab
