#include "sim/scenario/expectation.h"

#include <algorithm>

#include "models/base/decimal.h"

namespace peerlab {
namespace {

using Comparison = Expectation::Comparison;

struct Failure {
  std::string sentence;
  std::size_t offset = 0;
};

struct Operator {
  std::string_view text;
  Comparison comparison;
};
// Longer ones first, so that `<=` is not taken for `<`.
constexpr Operator operators[] = {
    {"==", Comparison::equal},        {"!=", Comparison::not_equal}, {"<=", Comparison::at_most},
    {">=", Comparison::at_least},     {"<", Comparison::less},       {">", Comparison::more},
    {" within ", Comparison::within},
};

struct Split {
  std::string_view left;
  Operator op{"", Comparison::equal};
  std::string_view right;
  std::size_t right_offset = 0;
};

std::size_t blanks_before(std::string_view text) { return std::min(text.find_first_not_of(" \t"), text.size()); }

/// Where the operator stands, outside of brackets.
std::optional<Split> split_at_operator(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (depth > 0) continue;
    for (const Operator& op : operators) {
      if (text.substr(i, op.text.size()) == op.text) {
        const std::string_view right = text.substr(i + op.text.size());
        const std::size_t blanks = blanks_before(right);
        return Split{text.substr(0, i), op, right.substr(blanks), i + op.text.size() + blanks};
      }
    }
  }
  return std::nullopt;
}

/// What is wrong with a metric that nobody knows, with a suggestion if there is one once its statistic is left out.
std::string unknown_metric(std::string_view metric, std::string sentence) {
  if (sentence.find("Did you mean") != std::string::npos) return sentence;
  std::string_view base = metric.substr(0, metric.find('('));
  while (base.rfind('.') != std::string_view::npos) {
    base = base.substr(0, base.rfind('.'));
    if (const auto meant = nearest_name(base, metric_names()); meant && *meant != base)
      return sentence + " Did you mean `" + *meant + "`?";
  }
  return sentence;
}

std::string list_of(std::span<const std::string> names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) out += (i == 0 ? "" : ", ") + names[i];
  return out;
}

/// METRIC[.STAT][@SYSTEM].
std::optional<MetricTerm> parse_term(std::string_view text, std::span<const std::string> systems,
                                     std::span<const std::string> faults, Failure& failure) {
  const std::size_t blanks = blanks_before(text);
  std::string_view metric = trimmed(text);
  if (metric.empty()) {
    failure = {"A metric is missing here.", 0};
    return std::nullopt;
  }
  MetricTerm term;
  if (const std::size_t at = metric.rfind('@'); at != std::string_view::npos) {
    term.system = std::string(trimmed(metric.substr(at + 1)));
    if (std::find(systems.begin(), systems.end(), term.system) == systems.end()) {
      const auto meant = nearest_name(term.system, {systems.begin(), systems.end()});
      failure = {"There is no system " + backquoted(term.system) + " here." +
                     (meant ? " Did you mean `" + *meant + "`?" : " There are: " + list_of(systems) + "."),
                 blanks + at + 1};
      return std::nullopt;
    }
    metric = trimmed(metric.substr(0, at));
  } else if (systems.size() > 1) {
    failure = {"Say of which system, as in `" + std::string(metric.substr(0, 60)) + "@" + systems.front() +
                   "`; there are " + list_of(systems) + ".",
               0};
    return std::nullopt;
  } else if (!systems.empty()) {
    term.system = systems.front();
  }
  ResolvedMetric resolved = parse_metric(metric, faults);
  if (!resolved.key) {
    failure = {unknown_metric(metric, resolved.error), blanks};
    return std::nullopt;
  }
  term.key = std::move(*resolved.key);
  return term;
}

/// Takes ` by VALUE` off the end of a metric that is compared with; where it stood, or npos.
std::size_t take_margin(std::string_view& right, std::string_view& margin) {
  const std::size_t by = right.rfind(" by ");
  if (by == std::string_view::npos) return by;
  margin = right.substr(by + 4);
  right = right.substr(0, by);
  return by + 4;
}

bool begins_a_number(std::string_view text) {
  text = trimmed(text);
  return !text.empty() && ((text.front() >= '0' && text.front() <= '9') || text.front() == '-' || text.front() == '+' ||
                           text.front() == '.');
}

}  // namespace

Parsed<double> parse_metric_value(std::string_view text, const std::string& unit) {
  text = trimmed(text);
  if (text == "0") return {0.0, {}};
  if (unit == "s") {
    const Parsed<Duration> d = parse_duration(text);
    if (!d) return {std::nullopt, d.error};
    return {static_cast<double>(d.value->ns) / 1e9, {}};  // correctly rounded, as the same number read directly
  }
  if (unit == "share") return parse_share(text);
  if (unit == "B") {
    const Parsed<std::int64_t> size = parse_size(text);
    if (!size) return {std::nullopt, size.error};
    return {static_cast<double>(*size.value), {}};
  }
  const NumberAndRest split = split_number(text);
  if (!split.error.empty()) return {std::nullopt, split.error};
  if (split.rest.empty() && unit == "J")
    return {std::nullopt, backquoted(text) + " has no unit; this is an energy, such as `5 J`."};
  const bool counted = unit != "1";
  if (!split.rest.empty() && !(counted && split.rest == unit)) {
    return {std::nullopt, backquoted(split.rest) + " is no unit of this metric, which is " +
                              (counted ? "in " + unit : "a plain number") + "."};
  }
  return parse_real(split.typed);
}

ParsedTerm parse_metric_term(std::string_view text, std::span<const std::string> systems,
                             std::span<const std::string> faults) {
  Failure failure;
  std::optional<MetricTerm> term = parse_term(text, systems, faults, failure);
  return {std::move(term), failure.sentence, failure.offset};
}

ParsedExpectation parse_expectation(std::string_view text, std::span<const std::string> systems,
                                    std::span<const std::string> faults) {
  const auto fail = [](std::string sentence, std::size_t offset) {
    return ParsedExpectation{std::nullopt, std::move(sentence), offset};
  };
  const std::optional<Split> split = split_at_operator(text);
  if (!split) {
    const std::size_t lone = text.find('=');
    if (lone != std::string_view::npos) return fail("One `=` compares nothing; write `==`.", lone);
    return fail(
        "An expectation compares a metric with a value, as in `propagation.p50 < 3 s`; the signs are ==, !=, <, <=, >, "
        ">= and `within A..B`.",
        0);
  }
  Expectation out;
  out.text = std::string(trimmed(text));
  out.comparison = split->op.comparison;
  Failure failure;
  std::optional<MetricTerm> left = parse_term(split->left, systems, faults, failure);
  if (!left) return fail(failure.sentence, failure.offset);
  out.left = std::move(*left);
  const std::string& unit = out.left.key.unit;

  if (out.comparison == Comparison::within) {
    const std::size_t dots = split->right.find("..");
    if (dots == std::string_view::npos)
      return fail("`within` wants two ends, as in `within 1.8 s..2.3 s`.", split->right_offset);
    const Parsed<double> low = parse_metric_value(split->right.substr(0, dots), unit);
    if (!low) return fail(low.error, split->right_offset);
    const Parsed<double> high = parse_metric_value(split->right.substr(dots + 2), unit);
    if (!high) return fail(high.error, split->right_offset + dots + 2);
    if (*low.value > *high.value)
      return fail("The ends of " + backquoted(trimmed(split->right)) + " are the wrong way round.",
                  split->right_offset);
    out.low = *low.value;
    out.high = *high.value;
    return {std::move(out), {}, 0};
  }
  if (trimmed(split->right).empty())
    return fail("A value is missing after " + backquoted(trimmed(split->op.text)) + ".", split->right_offset);
  if (trimmed(split->right).front() == '=' || trimmed(split->right).front() == '<' ||
      trimmed(split->right).front() == '>') {
    return fail("There is no such sign; the signs are ==, !=, <, <=, >, >= and `within A..B`.", split->right_offset);
  }
  if (begins_a_number(split->right)) {
    const Parsed<double> value = parse_metric_value(split->right, unit);
    if (!value) return fail(value.error, split->right_offset);
    out.low = out.high = *value.value;
    return {std::move(out), {}, 0};
  }
  std::string_view compared = split->right;
  std::string_view margin;
  const std::size_t by = take_margin(compared, margin);
  if (by != std::string_view::npos) {
    const bool ordered = out.comparison != Comparison::equal && out.comparison != Comparison::not_equal;
    if (!ordered) return fail("`by` goes with <, <=, > and >= only.", split->right_offset + by);
    const Parsed<double> least = parse_metric_value(margin, unit);
    if (!least) return fail(least.error, split->right_offset + by);
    if (*least.value < 0) return fail("`by` wants a distance, which is not negative.", split->right_offset + by);
    out.margin = *least.value;
  }
  out.right = parse_term(compared, systems, faults, failure);
  if (!out.right) return fail(failure.sentence, split->right_offset + failure.offset);
  if (out.right->key.unit != unit) {
    return fail("These two cannot be compared: one is in " + unit + ", the other in " + out.right->key.unit + ".",
                split->right_offset);
  }
  return {std::move(out), {}, 0};
}

ParsedStopping parse_stopping(std::string_view text, std::span<const std::string> systems,
                              std::span<const std::string> faults) {
  constexpr std::string_view width = ".ci95";
  const auto fail = [](std::string sentence, std::size_t offset) {
    return ParsedStopping{std::nullopt, std::move(sentence), offset};
  };
  const std::size_t at = text.find(width);
  const std::size_t sign = text.find('<');
  if (at == std::string_view::npos || sign == std::string_view::npos || at > sign || text.substr(sign, 2) == "<=") {
    return fail(
        "Write which interval must be how narrow, as in `propagation.p50@p2p.ci95 < 5 % of the value`: half the width "
        "of the 95 % interval.",
        0);
  }
  std::string metric(text.substr(0, sign));
  metric.erase(at, width.size());
  StoppingRule rule;
  rule.text = std::string(trimmed(text));
  Failure failure;
  std::optional<MetricTerm> term = parse_term(metric, systems, faults, failure);
  if (!term) return fail(failure.sentence, failure.offset);
  rule.term = std::move(*term);
  std::string_view bound = trimmed(text.substr(sign + 1));
  constexpr std::string_view of_the_value = "of the value";
  rule.relative = bound.ends_with(of_the_value);
  if (rule.relative) bound = trimmed(bound.substr(0, bound.size() - of_the_value.size()));
  const Parsed<double> value = rule.relative ? parse_share(bound) : parse_metric_value(bound, rule.term.key.unit);
  if (!value) return fail(value.error, sign + 1);
  if (*value.value <= 0) return fail("No interval is narrower than 0.", sign + 1);
  rule.bound = *value.value;
  return {std::move(rule), {}, 0};
}

}  // namespace peerlab
