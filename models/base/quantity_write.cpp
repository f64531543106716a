// Writing quantities, the reverse of the parsers; see quantity.h.
#include <charconv>
#include <cmath>

#include "models/base/check.h"
#include "models/base/decimal.h"
#include "models/base/quantity.h"
#include "models/base/units.h"

namespace peerlab {
namespace {

/// An integer count of base units as a decimal number of `unit`, which must be a power of ten of them.
std::string in_decimal_unit(std::int64_t value, const Unit& unit) {
  std::string out = std::to_string(value / unit.factor);
  std::int64_t rest = value % unit.factor;
  if (rest == 0) return out;
  out += '.';
  for (std::int64_t place = unit.factor / 10; rest != 0; place /= 10) {
    out += static_cast<char>('0' + rest / place);
    rest %= place;
  }
  return out;
}

/// A value of a law, in base units.
std::string write_value_of(double value, Kind of) {
  const bool whole = std::floor(value) == value && value >= 0 && value < 9e15;
  switch (of) {
    case Kind::duration:
      return whole ? write_duration(Duration{static_cast<std::int64_t>(value)}) : plain_decimal(value) + " ns";
    case Kind::size: return whole ? write_size(static_cast<std::int64_t>(value)) : plain_decimal(value) + " B";
    case Kind::bandwidth: return write_bandwidth(value);
    case Kind::share: return write_share(value);
    default: return plain_decimal(value);
  }
}

}  // namespace

std::string write_duration(Duration value) {
  if (value.ns < 0) return "-" + write_duration(Duration{-value.ns});
  const Units& table = duration_units();
  const auto& u = table.units;
  if (value.ns == 0) return "0 s";
  const std::int64_t day = u[6].factor;
  if (value.ns % day == 0 && value.ns >= 2 * day) return std::to_string(value.ns / day) + " d";
  for (const std::size_t i : {std::size_t{5}, std::size_t{4}}) {
    if (value.ns % u[i].factor == 0) return std::to_string(value.ns / u[i].factor) + " " + u[i].name;
  }
  std::size_t i = 3;
  while (i > 0 && value.ns < u[i].factor) --i;
  return in_decimal_unit(value.ns, u[i]) + " " + u[i].name;
}

std::string write_size(std::int64_t bytes) {
  if (bytes < 0) return "-" + write_size(-bytes);
  std::string best = std::to_string(bytes) + " B";
  for (const Unit& u : size_units().units) {
    if (bytes < u.factor) continue;
    if (!u.decimal && bytes % u.factor != 0) continue;
    const std::string text = (u.decimal ? in_decimal_unit(bytes, u) : std::to_string(bytes / u.factor)) + " " + u.name;
    if (text.size() < best.size() || (u.decimal && text.size() == best.size())) best = text;
  }
  return best;
}

std::string write_bandwidth(double bits_per_second) {
  const auto& u = bandwidth_units().units;
  std::size_t i = 0;
  while (i + 1 < u.size() && bits_per_second >= static_cast<double>(u[i + 1].factor)) ++i;
  return plain_decimal(bits_per_second, -u[i].power) + " " + u[i].name;
}

std::string write_share(double share) { return plain_decimal(share, 2) + " %"; }

std::string write_rate(Rate rate) {
  const std::string tail = rate.per_user ? " per user" : " in total";
  std::string best = plain_decimal(rate.per_second) + " per s" + tail;
  for (const Unit& u : duration_units().units) {
    if (u.decimal) continue;
    // A number of few digits that reads back as the same rate is what the user typed.
    char buffer[40];
    const double per_unit = rate.per_second * (static_cast<double>(u.factor) / 1e9);
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, per_unit, std::chars_format::general, 12);
    CHECK(error == std::errc{});
    const Parsed<double> rounded = parse_real(std::string_view(buffer, static_cast<std::size_t>(end - buffer)));
    if (!rounded) continue;
    std::string text = plain_decimal(*rounded.value) + " per " + u.name + tail;
    const Parsed<Rate> back = parse_rate(text);
    if (back && *back.value == rate && text.size() + 2 < best.size()) best = std::move(text);
  }
  return best;
}

std::string write_law(const Distribution& law, Kind of) {
  const std::string a = write_value_of(law.a, of);
  switch (law.law) {
    case Distribution::Law::constant: return a;
    case Distribution::Law::uniform: return "uniform " + a + ".." + write_value_of(law.b, of);
    case Distribution::Law::exponential: return "exponential " + a;
    case Distribution::Law::normal: return "normal " + a + " sd " + write_value_of(law.b, of);
    case Distribution::Law::lognormal: return "lognormal median " + a + " sigma " + plain_decimal(law.b);
    case Distribution::Law::pareto: return "pareto scale " + a + " shape " + plain_decimal(law.b);
  }
  return a;
}

}  // namespace peerlab
