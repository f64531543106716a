#include "models/base/quantity.h"

#include <cmath>

#include "models/base/decimal.h"
#include "models/base/units.h"

namespace peerlab {
namespace {

template <class T>
Parsed<T> good(T value) {
  return {value, {}};
}
template <class T>
Parsed<T> bad(std::string sentence) {
  return {std::nullopt, std::move(sentence)};
}

/// The number and unit of a quantity in one of `units`; a sentence when it is none.
struct Quantity {
  Decimal number;
  const Unit* unit = nullptr;
  std::string error;
};

Quantity read_quantity(std::string_view text, const Units& units) {
  Quantity out;
  NumberAndRest split = split_number(text);
  if (!split.error.empty()) {
    out.error = std::move(split.error);
    if (!text.empty()) out.error += " " + units.example;
    return out;
  }
  out.number = std::move(split.number);
  if (split.rest.empty()) {
    out.error = backquoted(text) + " has no unit. " + units.example;
    return out;
  }
  out.unit = units.find(split.rest);
  if (out.unit == nullptr) {
    out.error = backquoted(split.rest) + " is no unit of " + units.what + ". ";
    const std::string meant = units.meant(split.rest);
    out.error += meant.empty() ? units.example : "Did you mean `" + std::string(split.typed) + " " + meant + "`?";
    return out;
  }
  if (out.number.negative) out.error = backquoted(text) + " is negative; " + units.article + " is at least 0.";
  return out;
}

/// A whole number of base units.
Parsed<std::int64_t> read_exact(std::string_view text, const Units& units) {
  text = trimmed(text);
  const Quantity q = read_quantity(text, units);
  if (!q.error.empty()) return bad<std::int64_t>(q.error);
  bool fraction = false;
  const std::optional<std::int64_t> value = q.number.times(q.unit->factor, fraction);
  if (value) return good(*value);
  return bad<std::int64_t>(backquoted(text) + (fraction ? units.too_fine : units.too_large));
}

}  // namespace

Parsed<bool> parse_flag(std::string_view text) {
  text = trimmed(text);
  if (text == "yes" || text == "true" || text == "on") return good(true);
  if (text == "no" || text == "false" || text == "off") return good(false);
  return bad<bool>(backquoted(text) + " is neither `yes` nor `no`.");
}

Parsed<std::int64_t> parse_whole(std::string_view text) {
  text = trimmed(text);
  const NumberAndRest split = split_number(text);
  if (!split.error.empty()) return bad<std::int64_t>(split.error + " A whole number is wanted, such as `42`.");
  if (!split.rest.empty()) {
    return bad<std::int64_t>(backquoted(text) + ": " + backquoted(split.rest) +
                             " is too much; a whole number carries no unit.");
  }
  bool fraction = false;
  const std::optional<std::int64_t> value = split.number.times(1, fraction);
  if (value) return good(*value);
  return bad<std::int64_t>(backquoted(text) + (fraction ? " is not a whole number." : " is too large."));
}

Parsed<double> parse_real(std::string_view text) {
  text = trimmed(text);
  const NumberAndRest split = split_number(text);
  if (!split.error.empty()) return bad<double>(split.error + " A number is wanted, such as `0.5`.");
  if (!split.rest.empty()) {
    return bad<double>(backquoted(text) + ": " + backquoted(split.rest) + " is too much; this number carries no unit.");
  }
  const double value = split.number.to_double();
  if (!std::isfinite(value)) return bad<double>(backquoted(text) + " is too large.");
  return good(value);
}

Parsed<double> parse_share(std::string_view text) {
  text = trimmed(text);
  const Quantity q = read_quantity(text, share_units());
  if (!q.error.empty()) return bad<double>(q.error);
  const double value = q.number.to_double(-2);
  if (value > 1) return bad<double>(backquoted(text) + " is more than the whole: a share lies between 0 % and 100 %.");
  return good(value);
}

Parsed<Duration> parse_duration(std::string_view text) {
  const Parsed<std::int64_t> ns = read_exact(text, duration_units());
  if (!ns) return bad<Duration>(ns.error);
  return good(Duration{*ns.value});
}

Parsed<std::int64_t> parse_size(std::string_view text) { return read_exact(text, size_units()); }

Parsed<double> parse_bandwidth(std::string_view text) {
  text = trimmed(text);
  const Quantity q = read_quantity(text, bandwidth_units());
  if (!q.error.empty()) return bad<double>(q.error);
  const double value = q.number.to_double(q.unit->power);
  if (value > 1e18) return bad<double>(backquoted(text) + bandwidth_units().too_large);
  return good(value);
}

std::string describe_kind(Kind kind) {
  switch (kind) {
    case Kind::flag: return "`yes` or `no`";
    case Kind::whole: return "a whole number, such as `42`";
    case Kind::real: return "a number, such as `0.5`";
    case Kind::share: return "a share, such as `25 %`";
    case Kind::duration: return "a duration, such as `50 ms`";
    case Kind::size: return "a size, such as `2 kB`";
    case Kind::bandwidth: return "a bandwidth, such as `8 Mbit/s`";
    case Kind::rate: return "a rate, such as `2 per s in total`";
    case Kind::text: return "text";
    case Kind::choice: return "one of a list of names";
    case Kind::law: return "a law of chance, such as `uniform 10 ms..50 ms`";
  }
  return "";
}

}  // namespace peerlab
