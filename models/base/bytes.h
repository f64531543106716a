// Bytes, 256-bit hashes, hexadecimal, and the reader and writer that every encoding uses.
//
// All multi-byte integers are little-endian, counts are Bitcoin's CompactSize (protocol documentation, "Variable length
// integer"). A Reader never throws and never reads past its end: after the first failure `ok()` is false and everything
// read is zero. CompactSize must be minimal, so that each value has one encoding.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace peerlab {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// 32 bytes as they are hashed and sent. Compared as bytes from the first to the last.
struct Hash256 {
  std::array<std::uint8_t, 32> bytes{};

  friend constexpr auto operator<=>(const Hash256&, const Hash256&) = default;
  /// The first eight bytes as a little-endian number: a short name that is the same on every machine.
  [[nodiscard]] std::uint64_t low64() const {
    std::uint64_t v = 0;
    for (int i = 7; i >= 0; --i) v = v << 8 | bytes[static_cast<std::size_t>(i)];
    return v;
  }
  [[nodiscard]] ByteView view() const { return bytes; }
  [[nodiscard]] bool is_zero() const { return *this == Hash256{}; }
};

/// Lower-case hexadecimal, in storage order.
std::string to_hex(ByteView bytes);
/// The reverse of to_hex; nothing when a character is not hexadecimal or the length is odd.
std::optional<Bytes> from_hex(std::string_view hex);
/// A hash as block explorers print it: bytes reversed.
std::string display_hex(const Hash256& hash);
/// The reverse of display_hex; nothing unless exactly 64 hexadecimal characters.
std::optional<Hash256> hash_from_display_hex(std::string_view hex);

/// Appends encodings to a byte vector.
class Writer {
 public:
  explicit Writer(Bytes& out) : out_(out) {}
  void u8(std::uint8_t v) { out_.push_back(v); }
  void u16(std::uint16_t v) { number(v, 2); }
  void u32(std::uint32_t v) { number(v, 4); }
  void u48(std::uint64_t v) { number(v, 6); }
  void u64(std::uint64_t v) { number(v, 8); }
  void compact_size(std::uint64_t v);
  void raw(ByteView v) {
    if (v.empty()) return;
    const std::size_t at = out_.size();
    out_.resize(at + v.size());  // not insert(): g++ 12 warns of overflows in it that are not there
    std::memcpy(out_.data() + at, v.data(), v.size());
  }
  void hash(const Hash256& v) { raw(v.bytes); }
  /// CompactSize length, then the bytes.
  void sized(ByteView v) {
    compact_size(v.size());
    raw(v);
  }
  [[nodiscard]] std::size_t size() const { return out_.size(); }

 private:
  void number(std::uint64_t v, int bytes) {
    for (int i = 0; i < bytes; ++i) out_.push_back(static_cast<std::uint8_t>(v >> (8 * i)));
  }
  Bytes& out_;
};

/// Length in bytes of a CompactSize.
constexpr std::size_t compact_size_length(std::uint64_t v) {
  return v < 253 ? 1 : v <= 0xffff ? 3 : v <= 0xffffffff ? 5 : 9;
}

/// Reads encodings from a view that must outlive it.
class Reader {
 public:
  explicit Reader(ByteView in) : in_(in) {}
  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u48() { return number(6); }
  std::uint64_t u64() { return number(8); }
  std::uint64_t compact_size();
  /// A view of the next `n` bytes, empty on failure.
  ByteView raw(std::size_t n);
  Hash256 hash();
  /// CompactSize length of at most `most`, then that many bytes.
  ByteView sized(std::size_t most);

  [[nodiscard]] bool ok() const { return ok_; }
  /// True when everything was read, exactly.
  [[nodiscard]] bool finished() const { return ok_ && at_ == in_.size(); }
  [[nodiscard]] std::size_t left() const { return in_.size() - at_; }
  void fail() { ok_ = false; }

 private:
  std::uint64_t number(std::size_t bytes);
  ByteView in_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace peerlab
