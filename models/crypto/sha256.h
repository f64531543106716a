// SHA-256 (FIPS 180-4) through OpenSSL, as the ledger needs it.
//
// The algorithm is fetched once and each thread keeps one context, because fetching and allocating cost twice as much
// as hashing a header: an 80-byte double hash takes about 150 ns this way.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "models/base/bytes.h"

namespace peerlab {

/// SHA-256 of `data`.
Hash256 sha256(ByteView data);
/// SHA-256 of the SHA-256 of `data`: Bitcoin's hash of headers, transactions and merkle nodes.
Hash256 double_sha256(ByteView data);
/// BIP340's tagged hash: SHA-256(SHA-256(tag) || SHA-256(tag) || data). One tag never collides with another.
Hash256 tagged_hash(std::string_view tag, ByteView data);

/// Hashes what comes in pieces. Movable, not copyable; usable again after `finish`.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  Sha256& update(ByteView data);
  /// SHA-256 of everything since the construction or the last finish; starts afresh.
  Hash256 finish();
  /// SHA-256 of finish().
  Hash256 finish_double();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace peerlab
