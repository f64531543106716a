#include "models/base/bytes.h"

#include <algorithm>

namespace peerlab {

namespace {
constexpr char digits[] = "0123456789abcdef";

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}
}  // namespace

std::string to_hex(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t b : bytes) {
    out.push_back(digits[b >> 4]);
    out.push_back(digits[b & 15]);
  }
  return out;
}

std::optional<Bytes> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  Bytes out;
  out.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = digit_value(hex[i]);
    const int low = digit_value(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return out;
}

std::string display_hex(const Hash256& hash) {
  Bytes reversed(hash.bytes.rbegin(), hash.bytes.rend());
  return to_hex(reversed);
}

std::optional<Hash256> hash_from_display_hex(std::string_view hex) {
  const std::optional<Bytes> bytes = from_hex(hex);
  if (!bytes || bytes->size() != 32) return std::nullopt;
  Hash256 hash;
  std::copy(bytes->rbegin(), bytes->rend(), hash.bytes.begin());
  return hash;
}

void Writer::compact_size(std::uint64_t v) {
  if (v < 253) {
    u8(static_cast<std::uint8_t>(v));
  } else if (v <= 0xffff) {
    u8(253);
    number(v, 2);
  } else if (v <= 0xffffffff) {
    u8(254);
    number(v, 4);
  } else {
    u8(255);
    number(v, 8);
  }
}

std::uint64_t Reader::number(std::size_t bytes) {
  if (!ok_ || left() < bytes) {
    ok_ = false;
    return 0;
  }
  std::uint64_t v = 0;
  for (std::size_t i = 0; i < bytes; ++i) v |= static_cast<std::uint64_t>(in_[at_ + i]) << (8 * i);
  at_ += bytes;
  return v;
}

std::uint64_t Reader::compact_size() {
  const std::uint8_t first = u8();
  if (first < 253) return first;
  const std::uint64_t v = number(first == 253 ? 2 : first == 254 ? 4 : 8);
  const std::uint64_t least = first == 253 ? 253 : first == 254 ? 0x10000 : 0x100000000;
  if (v < least) ok_ = false;
  return ok_ ? v : 0;
}

ByteView Reader::raw(std::size_t n) {
  if (!ok_ || left() < n) {
    ok_ = false;
    return {};
  }
  const ByteView view = in_.subspan(at_, n);
  at_ += n;
  return view;
}

Hash256 Reader::hash() {
  Hash256 h;
  const ByteView view = raw(32);
  if (ok_) std::copy(view.begin(), view.end(), h.bytes.begin());
  return h;
}

ByteView Reader::sized(std::size_t most) {
  const std::uint64_t n = compact_size();
  if (n > most) ok_ = false;
  return ok_ ? raw(static_cast<std::size_t>(n)) : ByteView{};
}

}  // namespace peerlab
