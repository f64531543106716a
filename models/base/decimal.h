// A number as it was typed: sign, digits and a power of ten, so that `0.1 s` becomes exactly 100,000,000 ns.
//
// Written decimal only: `42`, `0.25`, `1e6`, `2.5e-3`. Refused with a sentence: commas, hexadecimal, infinities, a bare
// point (`.5`), leading zeros (`010`, which some readers take for octal), more than 40 digits, exponents beyond 400.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace peerlab {

struct Decimal {
  bool negative = false;
  std::string digits;  ///< without leading or trailing zeros; empty for zero
  int exponent = 0;    ///< value = digits * 10^exponent

  [[nodiscard]] bool is_zero() const { return digits.empty(); }
  /// The nearest double of value * 10^shift; infinity when it is too large.
  [[nodiscard]] double to_double(int shift = 0) const;
  /// value * factor when that is a whole number within int64. `rest` becomes true when only its fraction is in the way.
  [[nodiscard]] std::optional<std::int64_t> times(std::int64_t factor, bool& rest) const;
};

/// The number at the front of `text` (which starts with no blank) and the text behind it with blanks trimmed.
struct NumberAndRest {
  Decimal number;
  std::string_view typed;  ///< the number as typed
  std::string_view rest;   ///< what follows, usually a unit
  std::string error;       ///< a sentence; empty when all is well
};
NumberAndRest split_number(std::string_view text);

/// The shortest decimal of `value` that reads back as `value` after a shift by 10^shift, without an exponent where
/// that stays short: plain_decimal(9.6e6, -6) is "9.6".
std::string plain_decimal(double value, int shift = 0);

/// Without blanks at both ends.
std::string_view trimmed(std::string_view text);
/// `text` in backquotes, cut after 60 bytes, control characters as spaces: for messages.
std::string backquoted(std::string_view text);

}  // namespace peerlab
