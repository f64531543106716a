#include "models/base/field.h"

#include <algorithm>

#include "models/base/check.h"
#include "models/base/decimal.h"

namespace peerlab {
namespace {

template <class T>
Parsed<Value> widen(Parsed<T> parsed) {
  if (!parsed) return {std::nullopt, std::move(parsed.error)};
  return {Value(std::move(*parsed.value)), {}};
}

Parsed<Value> parse_choice(const Field& field, std::string_view text) {
  const std::string typed(trimmed(text));
  if (std::find(field.choices.begin(), field.choices.end(), typed) != field.choices.end()) return {Value(typed), {}};
  std::string sentence = backquoted(typed) + " is not one of ";
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    sentence += (i == 0 ? "" : i + 1 == field.choices.size() ? " and " : ", ") + field.choices[i];
  }
  sentence += ".";
  if (const auto meant = nearest_name(typed, field.choices)) sentence += " Did you mean `" + *meant + "`?";
  return {std::nullopt, sentence};
}

Parsed<Value> parse_unbounded(const Field& field, std::string_view text) {
  switch (field.kind) {
    case Kind::flag: return widen(parse_flag(text));
    case Kind::whole: return widen(parse_whole(text));
    case Kind::real: return widen(parse_real(text));
    case Kind::share: return widen(parse_share(text));
    case Kind::duration: return widen(parse_duration(text));
    case Kind::size: return widen(parse_size(text));
    case Kind::bandwidth: return widen(parse_bandwidth(text));
    case Kind::rate: return widen(parse_rate(text));
    case Kind::law: return widen(parse_law(text, field.of));
    case Kind::choice: return parse_choice(field, text);
    case Kind::text: return {Value(std::string(trimmed(text))), {}};
  }
  return {std::nullopt, ""};
}

/// The two numbers that bounds are compared with: the smallest and the largest value that `value` stands for. A uniform
/// law is bounded at both ends, any other law at what its first parameter says: the mean, the median or the scale.
std::pair<double, double> extent(const Value& value) {
  if (const auto* d = std::get_if<Duration>(&value)) return {static_cast<double>(d->ns), static_cast<double>(d->ns)};
  if (const auto* i = std::get_if<std::int64_t>(&value)) return {static_cast<double>(*i), static_cast<double>(*i)};
  if (const auto* x = std::get_if<double>(&value)) return {*x, *x};
  if (const auto* r = std::get_if<Rate>(&value)) return {r->per_second, r->per_second};
  const auto* law = std::get_if<Distribution>(&value);
  CHECK_SAYING(law != nullptr, "only quantities have bounds");
  return {law->a, law->law == Distribution::Law::uniform ? law->b : law->a};
}

/// A bound of `field` as a value; the bound of a law is one of its values.
Value bound(const Field& field, const std::string& text) {
  const Parsed<Value> parsed = parse_unbounded(field, text);
  CHECK_SAYING(parsed, "a bound of field " + field.name + " does not parse: " + parsed.error);
  return *parsed.value;
}

}  // namespace

Field field(std::string_view name, Kind kind, std::string_view fallback, std::string_view sentence,
            std::string_view example, std::string_view least, std::string_view most, std::vector<std::string> choices) {
  Field f;
  f.name = name;
  f.kind = kind;
  f.fallback = fallback;
  f.sentence = sentence;
  f.example = example;
  f.least = least;
  f.most = most;
  f.choices = std::move(choices);
  return f;
}

Parsed<Value> parse_value(const Field& field, std::string_view text) {
  Parsed<Value> parsed = parse_unbounded(field, text);
  if (!parsed) return parsed;
  if (!field.least.empty() && extent(*parsed.value).first < extent(bound(field, field.least)).first) {
    return {std::nullopt, backquoted(trimmed(text)) + " is too small; the least is " + field.least + "."};
  }
  if (!field.most.empty() && extent(*parsed.value).second > extent(bound(field, field.most)).second) {
    return {std::nullopt, backquoted(trimmed(text)) + " is too large; the most is " + field.most + "."};
  }
  return parsed;
}

std::string write_value(const Field& field, const Value& value) {
  switch (field.kind) {
    case Kind::flag: return std::get<bool>(value) ? "yes" : "no";
    case Kind::whole: return std::to_string(std::get<std::int64_t>(value));
    case Kind::real: return plain_decimal(std::get<double>(value));
    case Kind::share: return write_share(std::get<double>(value));
    case Kind::duration: return write_duration(std::get<Duration>(value));
    case Kind::size: return write_size(std::get<std::int64_t>(value));
    case Kind::bandwidth: return write_bandwidth(std::get<double>(value));
    case Kind::rate: return write_rate(std::get<Rate>(value));
    case Kind::law: return write_law(std::get<Distribution>(value), field.of);
    case Kind::text:
    case Kind::choice: return std::get<std::string>(value);
  }
  return {};
}

Params Params::defaults(const Fields& fields) {
  Params out;
  out.rows_.reserve(fields.size());
  for (const Field& field : fields) {
    Parsed<Value> value = parse_value(field, field.fallback);
    CHECK_SAYING(value, "the default of field " + field.name + " does not parse: " + value.error);
    out.rows_.emplace_back(field, std::move(*value.value));
  }
  return out;
}

std::string Params::set(std::string_view name, std::string_view text) {
  for (auto& [field, value] : rows_) {
    if (field.name != name) continue;
    Parsed<Value> parsed = parse_value(field, text);
    if (!parsed) return parsed.error;
    value = std::move(*parsed.value);
    return {};
  }
  std::vector<std::string> names;
  for (const auto& row : rows_) names.push_back(row.first.name);
  std::string sentence = "There is no field " + backquoted(name) + ".";
  if (const auto meant = nearest_name(name, names)) sentence += " Did you mean `" + *meant + "`?";
  return sentence;
}

bool Params::has(std::string_view name) const {
  return std::any_of(rows_.begin(), rows_.end(), [&](const auto& row) { return row.first.name == name; });
}

const Value& Params::value(std::string_view name) const {
  for (const auto& row : rows_) {
    if (row.first.name == name) return row.second;
  }
  CHECK_SAYING(false, "no field of that name: " + std::string(name));
  return rows_.front().second;
}

namespace {
template <class T>
const T& as(const Value& value, std::string_view name) {
  const T* typed = std::get_if<T>(&value);
  CHECK_SAYING(typed != nullptr, "the field is of another kind: " + std::string(name));
  return *typed;
}
}  // namespace

bool Params::flag(std::string_view name) const { return as<bool>(value(name), name); }
std::int64_t Params::whole(std::string_view name) const { return as<std::int64_t>(value(name), name); }
double Params::real(std::string_view name) const { return as<double>(value(name), name); }
double Params::share(std::string_view name) const { return as<double>(value(name), name); }
Duration Params::duration(std::string_view name) const { return as<Duration>(value(name), name); }
std::int64_t Params::size(std::string_view name) const { return as<std::int64_t>(value(name), name); }
double Params::bandwidth(std::string_view name) const { return as<double>(value(name), name); }
Rate Params::rate(std::string_view name) const { return as<Rate>(value(name), name); }
const Distribution& Params::law(std::string_view name) const { return as<Distribution>(value(name), name); }
const std::string& Params::text(std::string_view name) const { return as<std::string>(value(name), name); }

}  // namespace peerlab
