#include "analysis/report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace peerlab {
namespace {

// A unit as people read it: the value is divided by `size`.
struct Scale {
  double size = 1;
  std::string name;
};

Scale pick(double value, std::initializer_list<std::pair<double, std::string_view>> rising) {
  Scale best;
  bool first = true;
  for (const auto& [size, name] : rising) {
    if (first || std::abs(value) >= size * 0.9995) best = {size, std::string(name)};  // 999.7 B is said as 1.00 kB
    first = false;
  }
  return best;
}

Scale scale_of(double value, std::string_view unit) {
  const double v = std::abs(value);
  if (unit == "s") {
    if (v == 0) return {1, "s"};
    if (v < 1) return pick(value, {{1e-9, "ns"}, {1e-6, "us"}, {1e-3, "ms"}, {1, "s"}});
    return v < 120 ? Scale{1, "s"} : v < 7200 ? Scale{60, "min"} : v < 172800 ? Scale{3600, "h"} : Scale{86400, "d"};
  }
  if (unit == "B") return pick(value, {{1, "B"}, {1e3, "kB"}, {1e6, "MB"}, {1e9, "GB"}, {1e12, "TB"}, {1e15, "PB"}});
  if (unit == "J") return pick(value, {{1, "J"}, {1e3, "kJ"}, {1e6, "MJ"}, {1e9, "GJ"}, {1e12, "TJ"}, {1e15, "PJ"}});
  if (unit == "share") return {0.01, "%"};
  if (unit == "1/h") return {1, "per h"};
  if (unit == "1") return {1, ""};
  const std::string noun(unit);
  if (v < 999'500) return {1, noun};
  if (v < 999.5e6) return {1e6, "million " + noun};
  if (v < 999.5e9) return {1e9, "billion " + noun};
  return {1, noun};
}

// Decimals that show `figures` significant figures of v.
int decimals(double v, int figures) {
  if (v == 0 || !std::isfinite(v)) return 0;
  return std::clamp(figures - 1 - static_cast<int>(std::floor(std::log10(std::abs(v)) + 1e-9)), 0, 9);
}

// 1204.6 -> 1,205; 0.0213 -> 0.0213; beyond 10^15 as 1.20e+18. `step` > 1 rounds to multiples of it.
std::string digits(double v, int places, double step) {
  if (std::abs(v) >= 1e15) return fmt::format("{:.2e}", v);
  if (step > 1) v = std::round(v / step) * step;
  std::string text = fmt::format("{:.{}f}", std::abs(v), places);
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > 3; at -= 3) text.insert(at - 3, ",");
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  return (v < 0 && !zero ? "-" : "") + text;
}

// Three figures; a share near 100 % shows how far it is from there; a whole number below a million stays whole.
int places_of(double scaled, const Scale& scale, bool exact) {
  if (exact && scaled == std::floor(scaled) && std::abs(scaled) < 1e6 && scale.size == 1) return 0;
  if (scale.name == "%") {
    if (scaled == 0 || scaled == 100) return 0;
    const int near = scaled > 99 && scaled < 100 ? decimals(100 - scaled, 2) : 0;
    return std::min(std::max(decimals(scaled, 3), near), 4);
  }
  return decimals(scaled, 3);
}

std::string joined(const std::string& number, const Scale& scale) {
  const std::string_view name = scale.name;
  const std::size_t last = name.find_last_not_of(' ');
  if (last == std::string_view::npos) return number;
  return number + " " + std::string(name.substr(0, last + 1));
}

bool no_value_in(const SummaryLine& line) { return line.standing != Standing::measured || !line.summary.has_value(); }

// One end of an interval whose value is shown at `scale`.
std::string end_of_interval(double v, const Scale& scale, int places, double step) {
  if (v == std::numeric_limits<double>::infinity()) return scale.name == "%" ? "100" : "never";
  if (v == -std::numeric_limits<double>::infinity()) return "0";  // figures that can be infinite are never negative
  return digits(v / scale.size, places, step);
}

}  // namespace

std::string with_separators(std::uint64_t whole) { return digits(static_cast<double>(whole), 0, 1); }

std::string in_file(double value) {
  if (std::isnan(value)) return "";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return fmt::format("{:.9g}", value == 0 ? 0.0 : value);
}

std::string in_words(double value, std::string_view unit) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? (unit == "s" ? "never" : "unbounded") : "0";
  const Scale scale = scale_of(value, unit);
  const double scaled = value / scale.size;
  return joined(digits(scaled, places_of(scaled, scale, true), 1), scale);
}

Cell cell_of(const SummaryLine& line) {
  if (line.standing == Standing::not_challenged) return {"not challenged", ""};
  if (no_value_in(line)) return {line.note.empty() ? "no sample" : line.note, ""};
  const Summary& s = line.summary;
  if (std::isinf(s.value)) {
    const std::string value =
        line.censored > 0 ? "> " + in_words(line.censored_at, line.unit) : in_words(s.value, line.unit);
    return {value, ""};
  }
  // The metric's own name often says what is counted: `blocks.mined  144`, not `144 blocks`.
  const bool said = line.unit.size() > 2 && line.unit != "share" && line.metric.find(line.unit) != std::string::npos;
  const bool interval = std::isfinite(s.ci95_low) || std::isfinite(s.ci95_high);
  const bool exact = !interval || s.ci95_low == s.ci95_high;
  const double leading = s.value == 0 && std::isfinite(s.ci95_high) ? s.ci95_high : s.value;
  Scale scale = scale_of(leading, line.unit);
  if (said) scale.name.resize(scale.name.size() - line.unit.size());
  const double scaled = s.value / scale.size;
  int places = places_of(scaled, scale, exact);
  if (!exact && s.value == 0) places = decimals(leading / scale.size, 2);
  const double step =
      exact || std::abs(scaled) < 1000 ? 1 : std::pow(10.0, std::floor(std::log10(std::abs(scaled))) - 2);
  Cell cell{joined(s.value == 0 ? "0" : digits(scaled, places, step), scale), ""};
  if (!interval) return cell;
  const std::string low = end_of_interval(s.ci95_low, scale, places, step);
  const std::string high = end_of_interval(s.ci95_high, scale, places, step);
  const bool separators = low.find(',') != std::string::npos || high.find(',') != std::string::npos;
  cell.interval = "[" + low + (separators ? " .. " : ", ") + high + "]";
  return cell;
}

std::string in_words(const SummaryLine& line) {
  const Cell cell = cell_of(line);
  return cell.interval.empty() ? cell.value : cell.value + " " + cell.interval;
}

std::string metric_label(std::string_view metric, std::string_view stat) {
  for (const std::string_view plain : {"value", "count", "total", "mean"}) {
    if (stat == plain) return std::string(metric);
  }
  return std::string(metric) + "." + std::string(stat);
}

}  // namespace peerlab
