#include "sim/scenario/axis_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "models/base/decimal.h"
#include "models/base/numeric.h"

namespace peerlab {
namespace {

/// A value as a number in its base unit; nothing where it is none.
std::optional<double> number_of(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* duration = std::get_if<Duration>(&value)) return static_cast<double>(duration->ns);
  if (const auto* rate = std::get_if<Rate>(&value)) return rate->per_second;
  return std::nullopt;
}

bool whole_numbers(Kind kind) { return kind == Kind::whole || kind == Kind::size || kind == Kind::duration; }

/// With four significant digits; whole where the field is.
double rounded(double value, Kind kind) {
  const std::string text = fmt::format("{:.3e}", value);
  double out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return whole_numbers(kind) ? static_cast<double>(static_cast<std::int64_t>(out + (out < 0 ? -0.5 : 0.5))) : out;
}

std::string text_of(const Field& field, double value, bool per_user) {
  switch (field.kind) {
    case Kind::whole:
    case Kind::size: return write_value(field, static_cast<std::int64_t>(value));
    case Kind::duration: return write_value(field, Duration{static_cast<std::int64_t>(value)});
    case Kind::rate: return write_value(field, Rate{value, per_user});
    default: return write_value(field, value);
  }
}

}  // namespace

double AxisValues::between(const Range& range, double u) {
  if (!range.log) return range.from + (range.to - range.from) * u;
  return range.from * exact::pow(range.to / range.from, u);
}

Tree AxisValues::made(const Range& range, double value) {
  Tree out = range.pattern;
  out.kind = Tree::Kind::text;
  out.text = text_of(range.field, value, range.pattern.text == "per user");
  return out;
}

Tree AxisValues::at(double u) const {
  if (range_) return made(*range_, rounded(between(*range_, u), range_->field.kind));
  return all_[std::min(static_cast<std::size_t>(u * static_cast<double>(all_.size())), all_.size() - 1)];
}

AxisValues AxisValues::read(const Tree& value, const std::string& path, const std::optional<Field>& field,
                            const Sources& sources, bool needs_points, Problems& problems) {
  AxisValues out;
  const auto say = [&](const Tree& at, std::string sentence) {
    add_problem(problems, sources.problem(at.spot, std::move(sentence)));
  };
  if (value.kind == Tree::Kind::list) {
    out.all_ = value.items;
    if (out.all_.empty()) say(value, "The axis " + backquoted(path) + " has no values.");
    if (out.all_.size() > sweep_most_values) {
      say(value, "An axis has at most " + std::to_string(sweep_most_values) + " values.");
      out.all_.resize(sweep_most_values);
    }
    return out;
  }
  if (value.kind != Tree::Kind::map) {
    say(value, "The values of the axis " + backquoted(path) + " are a list such as `[1 s, 10 s]`, or a range such as " +
                   "`{from: 1 s, to: 1 min, points: 5}`.");
    return out;
  }
  const std::vector<std::string> keys = {"from", "to", "step", "points", "scale"};
  for (const Tree::Member& m : value.members) {
    if (std::find(keys.begin(), keys.end(), m.key) != keys.end()) continue;
    const auto meant = nearest_name(m.key, keys);
    add_problem(problems, sources.problem(m.spot, "A range has `from`, `to`, `step`, `points` and `scale`, not " +
                                                      backquoted(m.key) + "." +
                                                      (meant ? " Did you mean `" + *meant + "`?" : "")));
    return out;
  }
  const Tree* from = value.find("from");
  const Tree* to = value.find("to");
  const Tree* step = value.find("step");
  const Tree* points = value.find("points");
  const Tree* scale = value.find("scale");
  if (from == nullptr || to == nullptr) {
    say(value, "A range needs both `from` and `to`.");
    return out;
  }
  if (!field) {  // whoever reads the first value says what is wrong with the path
    out.all_ = {*from};
    return out;
  }
  const auto number = [&](const Tree& at) -> std::optional<double> {
    if (at.kind != Tree::Kind::text) {
      say(at, "The ends and the step of a range are single values.");
      return std::nullopt;
    }
    const Parsed<Value> parsed = parse_value(*field, at.text);
    if (!parsed) {
      say(at, backquoted(path) + ": " + parsed.error);
      return std::nullopt;
    }
    const std::optional<double> got = number_of(*parsed.value);
    if (!got) say(at, backquoted(path) + " does not hold a number, so that it has no range; write a list of values.");
    return got;
  };
  const std::optional<double> low = number(*from);
  const std::optional<double> high = number(*to);
  if (!low || !high) return out;
  Range range{*field, *low, *high, false, *from};
  if (field->kind == Kind::rate) range.pattern.text = parse_rate(from->text).value->per_user ? "per user" : "in total";
  if (scale != nullptr) {
    if (scale->text != "log" && scale->text != "linear") {
      say(*scale, "`scale` is `linear` or `log`.");
      return out;
    }
    range.log = scale->text == "log";
    if (range.log && (*low <= 0 || *high <= 0)) {
      say(*scale, "A logarithmic range has both ends above 0.");
      return out;
    }
  }
  if (step != nullptr && (points != nullptr || range.log)) {
    say(*step, "A range has a step or a number of points, and a step has no logarithmic scale.");
    return out;
  }
  if (needs_points && step == nullptr && points == nullptr) {
    say(value, "This range needs `step` or `points`.");
    return out;
  }
  out.range_ = range;
  out.all_ = {*from, *to};
  if (step != nullptr) {
    const std::optional<double> by = number(*step);
    if (!by) return out;
    const double count = *by == 0 ? -1 : (*high - *low) / *by;
    if (count < 0 || count >= static_cast<double>(sweep_most_values)) {
      say(*step,
          "This step does not lead from `from` to `to` in less than " + std::to_string(sweep_most_values) + " values.");
      return out;
    }
    out.all_ = {*from};
    for (int i = 1; i <= static_cast<int>(count + 1e-9); ++i) {
      const double at = *low + *by * i;
      const bool whole = whole_numbers(field->kind);
      out.all_.push_back(made(range, whole ? at : rounded(at, field->kind)));
    }
  } else if (points != nullptr) {
    const Parsed<std::int64_t> count = parse_whole(points->text);
    if (!count || *count.value < 2 || *count.value > static_cast<std::int64_t>(sweep_most_values)) {
      say(*points, "`points` is a whole number from 2 to " + std::to_string(sweep_most_values) + ".");
      return out;
    }
    out.all_.clear();
    for (std::int64_t i = 0; i < *count.value; ++i) {
      const double u = static_cast<double>(i) / static_cast<double>(*count.value - 1);
      out.all_.push_back(i == 0                  ? *from
                         : i + 1 == *count.value ? *to
                                                 : made(range, rounded(between(range, u), field->kind)));
    }
  }
  return out;
}

}  // namespace peerlab
