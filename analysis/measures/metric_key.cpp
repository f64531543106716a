// Names of measures and metrics: `agreed.after(eu-cut).all`.
#include <algorithm>
#include <charconv>

#include "analysis/measures/curve.h"
#include "analysis/measures/exposed.h"
#include "analysis/measures/measure.h"
#include "models/base/quantity.h"

namespace peerlab {
namespace {

// base, base.stat, base(argument), base(argument).stat
struct Written {
  std::string_view base;
  std::optional<std::string_view> argument;
  std::string_view stat;
};

struct Candidate {
  const MeasureRow* row;
  const DeclaredMetric* metric;
};

// The declared metric that `text` begins with and what follows it; the longest name wins.
std::optional<std::pair<Written, std::vector<Candidate>>> declared(std::string_view text) {
  Written w;
  std::vector<Candidate> fitting;
  if (text.ends_with('.')) return std::nullopt;
  const std::size_t open = text.find('(');
  if (open != std::string_view::npos) {
    const std::size_t close = text.rfind(')');
    if (close == std::string_view::npos || close < open) return std::nullopt;
    const std::string_view rest = text.substr(close + 1);
    if (!rest.empty() && (rest.front() != '.' || rest.size() < 2)) return std::nullopt;
    w = {text.substr(0, open), text.substr(open + 1, close - open - 1), rest.empty() ? rest : rest.substr(1)};
  }
  for (const MeasureRow& row : measures()) {
    for (const DeclaredMetric& metric : row.metrics) {
      if (w.argument) {
        if (metric.name == w.base) fitting.push_back({&row, &metric});
      } else if (text == metric.name || (text.starts_with(metric.name) && text[metric.name.size()] == '.')) {
        if (metric.name.size() < w.base.size()) continue;
        if (metric.name.size() > w.base.size()) fitting.clear();
        w.base = metric.name;
        w.stat = text == metric.name ? "" : text.substr(metric.name.size() + 1);
        fitting.push_back({&row, &metric});
      }
    }
  }
  if (fitting.empty()) return std::nullopt;
  return std::pair{w, fitting};
}

std::string in_ticks(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string suggestion(std::string_view typed, const std::vector<std::string>& names) {
  const std::optional<std::string> near = nearest_name(typed, names);
  return near ? " Did you mean " + in_ticks(*near) + "?" : "";
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + in_ticks(name);
  return all;
}

// The argument as the measure will write it, and what to make the measure with; or a sentence.
struct Resolved {
  std::string text;
  std::string make_with;
  std::string error;
};

Resolved resolve(const DeclaredMetric& metric, std::string_view text, std::span<const std::string> faults) {
  const std::string name(metric.name);
  switch (metric.argument) {
    case Argument::none: return {"", "", in_ticks(name) + " takes nothing in brackets."};
    case Argument::message: return {std::string(text), "", ""};
    case Argument::per_cent:
      for (const std::string_view share : {"50", "90", "99", "100"}) {
        if (text == share) return {std::string(text), "", ""};
      }
      return {"", "",
              in_ticks(name) + " is measured at 50, 90, 99 and 100 per cent: write " + in_ticks(name + "(90)") + "."};
    case Argument::depth: {
      std::uint32_t depth = 0;
      const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), depth);
      if (problem != std::errc() || end != text.data() + text.size() || depth > 1000) {
        return {"", "", in_ticks(name) + " needs a depth in blocks, 0 to 1000: write " + in_ticks(name + "(6)") + "."};
      }
      const bool usual = depth == 0 || depth == 1 || depth == 6;
      return {std::to_string(depth), usual ? "" : std::to_string(depth), ""};
    }
    case Argument::machines: {
      std::uint32_t machines = 0;
      const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), machines);
      if (problem != std::errc() || end != text.data() + text.size() || machines > 100'000) {
        return {"", "",
                in_ticks(name) + " needs a number of machines, 0 to 100000: write " + in_ticks(name + "(1)") + "."};
      }
      const std::span<const std::uint32_t> usual = usual_machines();
      const bool known = std::find(usual.begin(), usual.end(), machines) != usual.end();
      return {std::to_string(machines), known ? "" : std::to_string(machines), ""};
    }
    case Argument::fault:
      if (std::find(faults.begin(), faults.end(), text) != faults.end()) return {std::string(text), "", ""};
      if (faults.empty())
        return {"", "", "The timeline has no line with a `name`, so there is no fault " + in_ticks(text) + "."};
      return {"", "",
              "The timeline has no fault named " + in_ticks(text) + "; it has " +
                  listed({faults.begin(), faults.end()}) + "." + suggestion(text, {faults.begin(), faults.end()})};
    case Argument::deadline: {
      const Parsed<Duration> deadline = parse_duration(text);
      if (!deadline)
        return {"", "", in_ticks(name) + " needs a duration in brackets: write " + in_ticks(name + "(10 min)") + "."};
      if (deadline.value->ns <= 0) return {"", "", in_ticks(name) + " needs a deadline above zero."};
      const std::string canonical = write_duration(*deadline.value);
      const std::span<const Duration> usual = usual_deadlines();
      const bool known = std::find(usual.begin(), usual.end(), *deadline.value) != usual.end();
      return {canonical, known ? "" : canonical, ""};
    }
    case Argument::age: {
      const Parsed<Duration> age = parse_duration(text);
      if (!age || age.value->ns < 0)
        return {"", "", in_ticks(name) + " needs an age in brackets: write " + in_ticks(name + "(1 min)") + "."};
      const std::string canonical = write_duration(*age.value);
      const std::span<const Duration> usual = usual_ages();
      const bool known = std::find(usual.begin(), usual.end(), *age.value) != usual.end();
      return {canonical, known ? "" : canonical, ""};
    }
  }
  return {"", "", "unknown"};
}

}  // namespace

const MeasureRow* find_measure(std::string_view name) {
  for (const MeasureRow& row : measures()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::vector<std::string> measure_names() {
  std::vector<std::string> names;
  for (const MeasureRow& row : measures()) names.emplace_back(row.name);
  return names;
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const MeasureRow& row : measures()) {
    for (const DeclaredMetric& metric : row.metrics) {
      if (names.empty() || names.back() != metric.name) names.emplace_back(metric.name);
    }
  }
  return names;
}

ResolvedMetric parse_metric(std::string_view text, std::span<const std::string> faults) {
  const auto found = declared(text);
  if (!found) {
    const std::string_view base = text.substr(0, text.find('('));
    return {std::nullopt, "There is no metric " + in_ticks(base) + "." + suggestion(base, metric_names())};
  }
  const auto& [w, candidates] = *found;
  // Without brackets the metric without an argument is meant, if there is one of that name.
  const Candidate* chosen = &candidates.front();
  for (const Candidate& c : candidates) {
    if (w.argument.has_value() == (c.metric->argument != Argument::none)) chosen = &c;
  }
  const DeclaredMetric& metric = *chosen->metric;
  MetricKey key;
  key.row = chosen->row;
  key.metric = std::string(metric.name);
  if (w.argument || metric.argument != Argument::none) {
    const std::string_view argument = w.argument ? *w.argument : metric.bare;
    if (argument.empty()) {
      return {std::nullopt,
              in_ticks(metric.name) + " needs brackets: say " + in_ticks(std::string(metric.name) + "(...)") +
                  (faults.empty() ? "." : " with one of " + listed({faults.begin(), faults.end()}) + ".")};
    }
    const Resolved resolved = resolve(metric, argument, faults);
    if (!resolved.error.empty()) return {std::nullopt, resolved.error};
    key.metric += "(" + resolved.text + ")";
    key.argument = resolved.make_with;
  }
  for (const DeclaredStat& stat : metric.stats) {
    if (!w.stat.empty() && stat.name != w.stat) continue;
    key.stat = std::string(stat.name);
    key.unit = std::string(stat.unit);
    return {key, ""};
  }
  std::vector<std::string> stats;
  for (const DeclaredStat& stat : metric.stats) stats.emplace_back(stat.name);
  return {std::nullopt,
          in_ticks(metric.name) + " has no statistic " + in_ticks(w.stat) + "; it has " + listed(stats) + "."};
}

}  // namespace peerlab
