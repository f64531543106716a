#include "models/protocols/checked_bytes.h"

#include "models/crypto/sha256.h"

namespace peerlab {
namespace {

std::uint32_t checksum(ByteView body) { return static_cast<std::uint32_t>(sha256(body).low64()); }

}  // namespace

Bytes with_checksum(const Bytes& body) {
  Bytes out;
  Writer w(out);
  w.u32(static_cast<std::uint32_t>(body.size()));
  w.u32(checksum(body));
  w.raw(body);
  return out;
}

std::optional<ByteView> body_of(ByteView bytes) {
  Reader in(bytes);
  const std::uint32_t length = in.u32();
  const std::uint32_t sum = in.u32();
  const ByteView body = in.raw(length);
  if (!in.finished() || checksum(body) != sum) return std::nullopt;
  return body;
}

}  // namespace peerlab
