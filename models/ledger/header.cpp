#include "models/ledger/header.h"

#include <algorithm>

#include "models/crypto/sha256.h"
#include "models/ledger/target.h"

namespace peerlab {

namespace {
void put32(std::uint8_t* to, std::uint32_t v) {
  for (int i = 0; i < 4; ++i) to[i] = static_cast<std::uint8_t>(v >> (8 * i));
}
}  // namespace

std::array<std::uint8_t, Header::size> encode(const Header& header) {
  std::array<std::uint8_t, Header::size> out{};
  put32(out.data(), header.version);
  std::copy(header.previous.bytes.begin(), header.previous.bytes.end(), out.begin() + 4);
  std::copy(header.merkle_root.bytes.begin(), header.merkle_root.bytes.end(), out.begin() + 36);
  put32(out.data() + 68, header.time);
  put32(out.data() + 72, header.bits);
  put32(out.data() + 76, header.nonce);
  return out;
}

void encode(const Header& header, Writer& out) { out.raw(encode(header)); }

Header decode_header(Reader& in) {
  Header header;
  header.version = in.u32();
  header.previous = in.hash();
  header.merkle_root = in.hash();
  header.time = in.u32();
  header.bits = in.u32();
  header.nonce = in.u32();
  return header;
}

Hash256 Header::id() const { return double_sha256(encode(*this)); }

bool meets_target(const Hash256& id, std::uint32_t bits) {
  const std::optional<U256> target = target_of(bits);
  return target && U256::from_hash(id) <= *target;
}

}  // namespace peerlab
