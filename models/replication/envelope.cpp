#include "models/replication/envelope.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/crypto/sha256.h"

namespace peerlab {
namespace {

constexpr std::size_t command_size = 12;

std::array<std::uint8_t, command_size> padded(std::string_view command) {
  CHECK(command.size() <= command_size);
  std::array<std::uint8_t, command_size> out{};
  for (std::size_t i = 0; i < command.size(); ++i) out[i] = static_cast<std::uint8_t>(command[i]);
  return out;
}

std::uint32_t checksum(ByteView payload) { return static_cast<std::uint32_t>(double_sha256(payload).low64()); }

}  // namespace

Bytes enclose(std::string_view command, ByteView payload) {
  CHECK(payload.size() <= payload_limit);
  Bytes out;
  out.reserve(envelope_size + payload.size());
  Writer w(out);
  w.u32(envelope_magic);
  w.raw(padded(command));
  w.u32(static_cast<std::uint32_t>(payload.size()));
  w.u32(checksum(payload));
  w.raw(payload);
  return out;
}

std::optional<ByteView> payload_of(std::string_view command, ByteView message) {
  Reader in(message);
  const std::uint32_t magic = in.u32();
  const ByteView name = in.raw(command_size);
  const std::uint32_t length = in.u32();
  const std::uint32_t sum = in.u32();
  const ByteView payload = in.raw(length);
  if (!in.finished() || magic != envelope_magic || length > payload_limit) return std::nullopt;
  const auto wanted = padded(command);
  if (!std::equal(name.begin(), name.end(), wanted.begin(), wanted.end())) return std::nullopt;
  if (checksum(payload) != sum) return std::nullopt;
  return payload;
}

}  // namespace peerlab
