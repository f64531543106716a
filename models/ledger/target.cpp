#include "models/ledger/target.h"

#include <algorithm>
#include <bit>

#include "models/base/check.h"

namespace peerlab {

std::optional<U256> target_of(std::uint32_t bits) {
  const std::uint32_t exponent = bits >> 24;
  std::uint32_t mantissa = bits & 0x7fffff;
  if (exponent <= 3) mantissa >>= 8 * (3 - exponent);
  if (mantissa == 0) return std::nullopt;
  if ((bits & 0x800000) != 0) return std::nullopt;  // negative
  if (exponent <= 3) return U256(mantissa);
  const U256 value(mantissa);
  const unsigned shift = 8 * (exponent - 3);
  if (value.bit_length() + shift > 256) return std::nullopt;
  return value << shift;
}

std::uint32_t bits_of(const U256& target) {
  std::uint32_t exponent = (target.bit_length() + 7) / 8;
  std::uint32_t mantissa = static_cast<std::uint32_t>(exponent <= 3 ? target.low64() << (8 * (3 - exponent))
                                                                    : (target >> (8 * (exponent - 3))).low64());
  if ((mantissa & 0x800000) != 0) {  // that bit is the sign
    mantissa >>= 8;
    ++exponent;
  }
  return mantissa | exponent << 24;
}

U256 work_of(std::uint32_t bits) {
  const std::optional<U256> target = target_of(bits);
  if (!target) return {};
  if (*target == ~U256{}) return U256(1);
  // 2^256 / (t + 1) without a 257-bit number: (2^256 - (t + 1)) / (t + 1) + 1 = ~t / (t + 1) + 1.
  return ~*target / (*target + U256(1)) + U256(1);
}

double expected_hashes(std::uint32_t bits) { return work_of(bits).to_double(); }

std::uint32_t bits_for_hashes(double hashes) {
  CHECK(hashes >= 1);
  CHECK(hashes < 0x1p200);
  const std::uint64_t image = std::bit_cast<std::uint64_t>(hashes);
  const auto exponent = static_cast<unsigned>((image >> 52) - 1023);
  const std::uint64_t mantissa = (image & ((std::uint64_t{1} << 52) - 1)) | std::uint64_t{1} << 52;
  // hashes = mantissa * 2^(exponent - 52), so 2^256 / hashes = 2^255 / mantissa * 2^(53 - exponent).
  const U256 quotient = U256::one_bit(255) / U256(mantissa);
  U256 target = ~U256{};
  if (exponent > 53) {
    target = quotient >> (exponent - 53);
  } else if (quotient.bit_length() + (53 - exponent) <= 256) {
    target = quotient << (53 - exponent);
  }
  return bits_of(target == ~U256{} ? target : target - U256(1));
}

std::uint32_t retarget(const Rules& rules, std::uint32_t first_time, std::uint32_t last_time, std::uint32_t last_bits) {
  const std::optional<U256> old = target_of(last_bits);
  CHECK(old.has_value());
  CHECK(rules.retarget_factor >= 1);
  const std::int64_t wanted = std::int64_t{rules.retarget_interval} * (rules.spacing.ns / 1'000'000'000);
  CHECK(wanted > 0);
  const std::int64_t actual = std::clamp(std::int64_t{last_time} - std::int64_t{first_time},
                                         wanted / rules.retarget_factor, wanted * rules.retarget_factor);
  const U256 target = old->times_over(static_cast<std::uint64_t>(actual), static_cast<std::uint64_t>(wanted));
  return bits_of(std::min(std::max(target, U256(1)), rules.pow_limit));
}

}  // namespace peerlab
