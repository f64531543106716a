#include "models/ledger/u256.h"

#include <bit>

#include "models/base/check.h"

namespace peerlab {

namespace {
__extension__ typedef unsigned __int128 Wide;
}

U256 U256::from_hash(const Hash256& hash) {
  U256 v;
  for (std::size_t i = 0; i < 32; ++i) v.limb_[i / 8] |= std::uint64_t{hash.bytes[i]} << (8 * (i % 8));
  return v;
}

Hash256 U256::to_hash() const {
  Hash256 hash;
  for (std::size_t i = 0; i < 32; ++i) hash.bytes[i] = static_cast<std::uint8_t>(limb_[i / 8] >> (8 * (i % 8)));
  return hash;
}

std::string U256::hex() const { return display_hex(to_hash()); }

U256 operator<<(const U256& a, unsigned bits) {
  U256 r;
  if (bits >= 256) return r;
  const std::size_t limbs = bits / 64;
  const unsigned rest = bits % 64;
  for (std::size_t i = limbs; i < 4; ++i) {
    r.limb_[i] = a.limb_[i - limbs] << rest;
    if (rest != 0 && i > limbs) r.limb_[i] |= a.limb_[i - limbs - 1] >> (64 - rest);
  }
  return r;
}

U256 operator>>(const U256& a, unsigned bits) {
  U256 r;
  if (bits >= 256) return r;
  const std::size_t limbs = bits / 64;
  const unsigned rest = bits % 64;
  for (std::size_t i = 0; i + limbs < 4; ++i) {
    r.limb_[i] = a.limb_[i + limbs] >> rest;
    if (rest != 0 && i + limbs + 1 < 4) r.limb_[i] |= a.limb_[i + limbs + 1] << (64 - rest);
  }
  return r;
}

U256 operator/(const U256& a, const U256& b) {
  CHECK(!b.is_zero());
  const unsigned length_a = a.bit_length();
  const unsigned length_b = b.bit_length();
  U256 quotient;
  if (length_a < length_b) return quotient;
  U256 rest = a;
  unsigned shift = length_a - length_b;
  U256 part = b << shift;
  while (true) {
    if (rest >= part) {
      rest -= part;
      quotient.limb_[shift / 64] |= std::uint64_t{1} << (shift % 64);
    }
    if (shift == 0) return quotient;
    --shift;
    part = part >> 1;
  }
}

U256 U256::times_over(std::uint64_t factor, std::uint64_t divisor) const {
  CHECK(divisor != 0);
  std::array<std::uint64_t, 5> product{};
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide p = Wide{limb_[i]} * factor + carry;
    product[i] = static_cast<std::uint64_t>(p);
    carry = static_cast<std::uint64_t>(p >> 64);
  }
  product[4] = carry;
  std::array<std::uint64_t, 5> quotient{};
  std::uint64_t rest = 0;
  for (std::size_t i = 5; i-- > 0;) {
    const Wide value = Wide{rest} << 64 | product[i];
    quotient[i] = static_cast<std::uint64_t>(value / divisor);
    rest = static_cast<std::uint64_t>(value % divisor);
  }
  if (quotient[4] != 0) return ~U256{};
  U256 r;
  for (std::size_t i = 0; i < 4; ++i) r.limb_[i] = quotient[i];
  return r;
}

unsigned U256::bit_length() const {
  for (std::size_t i = 4; i-- > 0;) {
    if (limb_[i] != 0) return static_cast<unsigned>(i * 64 + std::bit_width(limb_[i]));
  }
  return 0;
}

double U256::to_double() const {
  const unsigned length = bit_length();
  if (length <= 53) return static_cast<double>(limb_[0]);
  const unsigned shift = length - 53;
  const std::uint64_t mantissa = (*this >> shift).limb_[0];
  const double scale = std::bit_cast<double>(std::uint64_t{1023 + shift} << 52);  // 2^shift, exactly
  return static_cast<double>(mantissa) * scale;
}

}  // namespace peerlab
