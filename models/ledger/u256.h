// Unsigned 256-bit numbers: targets and cumulative work. Arithmetic is modulo 2^256 where not said otherwise.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "models/base/bytes.h"

namespace peerlab {

class U256 {
 public:
  constexpr U256() = default;
  constexpr explicit U256(std::uint64_t v) : limb_{v, 0, 0, 0} {}
  /// 2^bit for bit in 0 .. 255.
  static constexpr U256 one_bit(unsigned bit) {
    U256 v;
    v.limb_[bit / 64] = std::uint64_t{1} << (bit % 64);
    return v;
  }
  /// The hash as a little-endian number, as Bitcoin compares it with a target.
  static U256 from_hash(const Hash256& hash);
  [[nodiscard]] Hash256 to_hash() const;
  /// 64 hexadecimal digits, most significant first.
  [[nodiscard]] std::string hex() const;

  friend constexpr bool operator==(const U256&, const U256&) = default;
  friend constexpr std::strong_ordering operator<=>(const U256& a, const U256& b) {
    for (std::size_t i = 4; i-- > 0;) {
      if (a.limb_[i] != b.limb_[i]) return a.limb_[i] <=> b.limb_[i];
    }
    return std::strong_ordering::equal;
  }
  constexpr U256& operator+=(const U256& o) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint64_t sum = limb_[i] + o.limb_[i];
      const std::uint64_t total = sum + carry;
      carry = static_cast<std::uint64_t>(sum < o.limb_[i]) | static_cast<std::uint64_t>(total < sum);
      limb_[i] = total;
    }
    return *this;
  }
  constexpr U256& operator-=(const U256& o) {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint64_t difference = limb_[i] - o.limb_[i];
      const std::uint64_t total = difference - borrow;
      borrow = static_cast<std::uint64_t>(limb_[i] < o.limb_[i]) | static_cast<std::uint64_t>(difference < borrow);
      limb_[i] = total;
    }
    return *this;
  }
  friend constexpr U256 operator+(U256 a, const U256& b) { return a += b; }
  friend constexpr U256 operator-(U256 a, const U256& b) { return a -= b; }
  friend constexpr U256 operator~(U256 a) {
    for (std::uint64_t& l : a.limb_) l = ~l;
    return a;
  }
  friend U256 operator<<(const U256& a, unsigned bits);
  friend U256 operator>>(const U256& a, unsigned bits);
  /// Quotient, rounded down; b must not be zero. About a microsecond.
  friend U256 operator/(const U256& a, const U256& b);

  /// this * factor / divisor, rounded down, with the product in full width; the largest U256 when the quotient does not
  /// fit. divisor must not be zero.
  [[nodiscard]] U256 times_over(std::uint64_t factor, std::uint64_t divisor) const;
  [[nodiscard]] bool is_zero() const { return *this == U256{}; }
  /// Position of the highest one bit plus one; 0 for zero.
  [[nodiscard]] unsigned bit_length() const;
  [[nodiscard]] std::uint64_t low64() const { return limb_[0]; }
  /// Nearest double from below; the same on every machine.
  [[nodiscard]] double to_double() const;

 private:
  std::array<std::uint64_t, 4> limb_{};  // least significant first
};

}  // namespace peerlab
