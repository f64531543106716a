#include "models/base/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "models/base/check.h"

namespace peerlab {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::size_t digits_from(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

/// Why the thing that begins at `text` is no number, as a person would say it.
std::string no_number(std::string_view text) {
  if (text.empty()) return "A value is missing here.";
  if (text.front() == '.' && digits_from(text, 1) > 0)
    return backquoted(text) + ": write a digit before the point, as in `0.5`.";
  return backquoted(text) + " does not begin with a number.";
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string backquoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string out = "`";
  for (const char c : text.substr(0, longest)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  if (text.size() > longest) out += "...";
  return out + "`";
}

NumberAndRest split_number(std::string_view text) {
  NumberAndRest out;
  std::size_t at = 0;
  const auto fail = [&](std::string sentence) {
    out.error = std::move(sentence);
    return out;
  };
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
    out.number.negative = text[at] == '-';
    ++at;
  }
  const std::size_t whole = digits_from(text, at);
  if (whole == 0) return fail(no_number(text));
  const std::string_view whole_digits = text.substr(at, whole);
  at += whole;
  if (at < text.size() && (text[at] == 'x' || text[at] == 'X') && whole_digits == "0") {
    return fail(backquoted(text) + ": numbers are decimal, not hexadecimal.");
  }
  if (whole > 1 && whole_digits.front() == '0') {
    return fail(backquoted(text) + ": a leading zero means octal to some readers; write the number without it.");
  }
  std::string all(whole_digits);
  int exponent = 0;
  if (at < text.size() && text[at] == '.' && (at + 1 >= text.size() || text[at + 1] != '.')) {
    const std::size_t fraction = digits_from(text, at + 1);
    if (fraction == 0) return fail(backquoted(text) + ": write a digit after the point, as in `1.0`.");
    all += text.substr(at + 1, fraction);
    exponent -= static_cast<int>(std::min<std::size_t>(fraction, 1000));
    at += 1 + fraction;
  }
  if (all.size() > 40) return fail(backquoted(text) + " has more than 40 digits.");
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const bool is_signed = at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+');
    const std::size_t from = at + 1 + (is_signed ? 1 : 0);
    const std::size_t length = digits_from(text, from);
    if (length > 0) {
      int power = 0;
      const auto [end, error] = std::from_chars(text.data() + from, text.data() + from + length, power);
      if (error != std::errc{} || power > 400) return fail(backquoted(text) + ": the exponent is out of range.");
      exponent += is_signed && text[at + 1] == '-' ? -power : power;
      at = from + length;
    }
  }
  if (at < text.size() && (text[at] == ',' || text[at] == '\'' || text[at] == '_') && digits_from(text, at + 1) > 0) {
    std::string without;
    for (const char c : text) {
      if (c != ',' && c != '\'' && c != '_') without += c;
    }
    return fail(backquoted(text) + ": numbers are written without separators: " + backquoted(without) + ".");
  }
  const std::size_t first = all.find_first_not_of('0');
  if (first == std::string::npos) {
    out.number.negative = false;
    exponent = 0;
    all.clear();
  } else {
    all.erase(0, first);
    while (all.back() == '0') {
      all.pop_back();
      ++exponent;
    }
  }
  out.number.digits = std::move(all);
  out.number.exponent = exponent;
  out.typed = text.substr(0, at);
  out.rest = trimmed(text.substr(at));
  return out;
}

double Decimal::to_double(int shift) const {
  if (is_zero()) return 0;
  const std::string text = digits + "e" + std::to_string(exponent + shift);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) {
    const bool large = static_cast<int>(digits.size()) + exponent + shift > 0;
    value = large ? std::numeric_limits<double>::infinity() : 0;
  }
  return negative ? -value : value;
}

std::optional<std::int64_t> Decimal::times(std::int64_t factor, bool& rest) const {
  __extension__ using Wide = __int128;
  rest = false;
  if (is_zero()) return 0;
  if (digits.size() > 19) {
    rest = static_cast<int>(digits.size()) + exponent <= 19;
    return std::nullopt;
  }
  Wide value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  value *= factor;  // below 10^19 * 10^18, inside 127 bits
  for (int e = exponent; e < 0; ++e) {
    if (value % 10 != 0) {
      rest = true;
      return std::nullopt;
    }
    value /= 10;
  }
  constexpr Wide largest = std::numeric_limits<std::int64_t>::max();
  for (int e = exponent; e > 0 && value <= largest; --e) value *= 10;
  if (value > largest) return std::nullopt;
  return static_cast<std::int64_t>(negative ? -value : value);
}

std::string plain_decimal(double value, int shift) {
  if (value == 0) return "0";
  CHECK(std::isfinite(value));
  char buffer[40];
  const auto [end, error] =
      std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific);
  CHECK(error == std::errc{});
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t e = text.find('e');
  std::string digits;
  for (const char c : text.substr(0, e)) {
    if (c != '.') digits += c;
  }
  const char* power = text.data() + e + 1;  // from_chars reads no leading plus
  if (*power == '+') ++power;
  int exponent = 0;
  std::from_chars(power, text.data() + text.size(), exponent);
  const int point = exponent + shift + 1;  // how many digits stand before the point
  const auto count = static_cast<int>(digits.size());
  std::string out = value < 0 ? "-" : "";
  if (point > 21 || point < -6) {
    out += digits.substr(0, 1);
    if (count > 1) out += "." + digits.substr(1);
    return out + "e" + std::to_string(point - 1);
  }
  if (point <= 0) return out + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  if (point >= count) return out + digits + std::string(static_cast<std::size_t>(point - count), '0');
  return out + digits.substr(0, static_cast<std::size_t>(point)) + "." + digits.substr(static_cast<std::size_t>(point));
}

}  // namespace peerlab
