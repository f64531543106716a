// Reading rates and laws of chance; see quantity.h for how they are written.
#include <cmath>

#include "models/base/decimal.h"
#include "models/base/quantity.h"
#include "models/base/units.h"

namespace peerlab {
namespace {

Parsed<Distribution> bad_law(std::string sentence) { return {std::nullopt, std::move(sentence)}; }

/// The first word of `text`; `text` becomes what follows.
std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
  const std::string_view word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

/// The part of `text` before the word `mark`, and `text` becomes what follows; nothing when the mark is missing.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view mark) {
  const std::string wanted = " " + std::string(mark) + " ";
  const std::size_t at = text.find(wanted);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view before = trimmed(text.substr(0, at));
  text = trimmed(text.substr(at + wanted.size()));
  return before;
}

/// One value of a law, in base units. Durations and sizes keep a fraction where the unit is decimal.
Parsed<double> one_value(std::string_view text, Kind of) {
  text = trimmed(text);
  switch (of) {
    case Kind::share: return parse_share(text);
    case Kind::bandwidth: return parse_bandwidth(text);
    case Kind::duration:
    case Kind::size: {
      const Units& units = of == Kind::duration ? duration_units() : size_units();
      const Parsed<std::int64_t> exact = of == Kind::size ? parse_size(text) : [&]() -> Parsed<std::int64_t> {
        Parsed<Duration> d = parse_duration(text);
        if (!d) return {std::nullopt, d.error};
        return {d.value->ns, {}};
      }();
      if (exact) return {static_cast<double>(*exact.value), {}};
      const NumberAndRest split = split_number(text);
      const Unit* unit = split.error.empty() ? units.find(split.rest) : nullptr;
      if (unit != nullptr && unit->decimal && !split.number.negative && split.number.to_double(unit->power) < 9e18) {
        return {split.number.to_double(unit->power), {}};
      }
      return {std::nullopt, exact.error};
    }
    default: return parse_real(text);
  }
}

std::string law_example(Kind of) {
  const std::string a = of == Kind::size        ? "2 kB"
                        : of == Kind::bandwidth ? "8 Mbit/s"
                        : of == Kind::duration  ? "50 ms"
                                                : "0.5";
  return "Laws are written `" + a +
         "`, `uniform A..B`, `exponential MEAN`, `normal MEAN sd SD`, "
         "`lognormal median M sigma S` or `pareto scale X shape K`.";
}

/// Parses two values that belong to one law.
struct Two {
  double a = 0;
  double b = 0;
  std::string error;
};
Two two_values(std::string_view first, Kind of_first, std::string_view second, Kind of_second) {
  const Parsed<double> a = one_value(first, of_first);
  if (!a) return {0, 0, a.error};
  const Parsed<double> b = one_value(second, of_second);
  if (!b) return {0, 0, b.error};
  return {*a.value, *b.value, {}};
}

Parsed<Distribution> uniform_law(std::string_view rest, Kind of) {
  const std::size_t dots = rest.find("..");
  if (dots == std::string_view::npos) return bad_law("A uniform law has two ends: `uniform A..B`.");
  const Two v = two_values(rest.substr(0, dots), of, rest.substr(dots + 2), of);
  if (!v.error.empty()) return bad_law(v.error);
  if (v.a > v.b) return bad_law("The ends of " + backquoted(rest) + " are the wrong way round.");
  return {Distribution::uniform(v.a, v.b), {}};
}

}  // namespace

Parsed<Rate> parse_rate(std::string_view text) {
  const std::string_view typed = trimmed(text);
  const auto fail = [](std::string sentence) { return Parsed<Rate>{std::nullopt, std::move(sentence)}; };
  const std::string example = " A rate is written like `2 per s in total` or `1 per min per user`.";
  const NumberAndRest split = split_number(typed);
  if (!split.error.empty()) return fail(split.error + example);
  if (split.number.negative) return fail(backquoted(typed) + " is negative.");
  std::string_view rest = split.rest;
  if (take_word(rest) != "per") return fail(backquoted(typed) + " does not say per what." + example);
  const std::string_view unit_name = take_word(rest);
  const Unit* unit = duration_units().find(unit_name);
  if (unit == nullptr) {
    const std::string meant = duration_units().meant(unit_name);
    return fail(backquoted(unit_name) + " is no unit of time." +
                (meant.empty() ? example : " Did you mean `per " + meant + "`?"));
  }
  if (rest != "in total" && rest != "per user") {
    return fail(backquoted(typed) + (rest.empty() ? " does not say whether it is " : " must end with ") +
                "`in total` or `per user`.");
  }
  const double number = split.number.to_double();
  const double per_second =
      unit->decimal ? split.number.to_double(9 - unit->power) : number / (static_cast<double>(unit->factor) / 1e9);
  if (!std::isfinite(per_second) || per_second > 1e15) return fail(backquoted(typed) + " is too large.");
  return {Rate{per_second, rest == "per user"}, {}};
}

Parsed<Distribution> parse_law(std::string_view text, Kind of) {
  const std::string_view typed = trimmed(text);
  if (typed.empty()) return bad_law("A value is missing here. " + law_example(of));
  if ((typed.front() >= '0' && typed.front() <= '9') || typed.front() == '-' || typed.front() == '+' ||
      typed.front() == '.') {
    const Parsed<double> v = one_value(typed, of);
    if (!v) return bad_law(v.error);
    return {Distribution::constant(*v.value), {}};
  }
  std::string_view rest = typed;
  const std::string_view law = take_word(rest);
  if (law == "constant" || law == "exponential") {
    const Parsed<double> v = one_value(rest, of);
    if (!v) return bad_law(v.error);
    if (law == "constant") return {Distribution::constant(*v.value), {}};
    if (*v.value <= 0) return bad_law("The mean of an exponential law is more than 0.");
    return {Distribution::exponential(*v.value), {}};
  }
  if (law == "uniform") return uniform_law(rest, of);
  if (law == "normal") {
    const std::optional<std::string_view> mean = take_until(rest, "sd");
    if (!mean) return bad_law("A normal law is written `normal MEAN sd SD`.");
    const Two v = two_values(*mean, of, rest, of);
    if (!v.error.empty()) return bad_law(v.error);
    if (v.b < 0) return bad_law("A standard deviation is at least 0.");
    return {Distribution::normal(v.a, v.b), {}};
  }
  if (law == "lognormal" || law == "pareto") {
    const bool log = law == "lognormal";
    const std::string_view first = take_word(rest);
    const std::optional<std::string_view> a = take_until(rest, log ? "sigma" : "shape");
    if (first != (log ? "median" : "scale") || !a) {
      return bad_law(log ? "A log-normal law is written `lognormal median M sigma S`."
                         : "A Pareto law is written `pareto scale X shape K`.");
    }
    const Two v = two_values(*a, of, rest, Kind::real);
    if (!v.error.empty()) return bad_law(v.error);
    if (v.a <= 0) return bad_law(std::string("The ") + (log ? "median" : "scale") + " of this law is more than 0.");
    if (log && v.b < 0) return bad_law("The sigma of a log-normal law is at least 0.");
    if (!log && v.b <= 0) return bad_law("The shape of a Pareto law is more than 0.");
    return {log ? Distribution::lognormal(v.a, v.b) : Distribution::pareto(v.a, v.b), {}};
  }
  const auto meant = nearest_name(law, {"constant", "uniform", "exponential", "normal", "lognormal", "pareto"});
  return bad_law(backquoted(law) + " is no law of chance." + (meant ? " Did you mean `" + *meant + "`? " : " ") +
                 law_example(of));
}

}  // namespace peerlab
