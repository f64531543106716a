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

// What a single one is called: machines, copies, hashes.
std::string one_of(std::string_view many) {
  if (many.size() < 3 || !many.ends_with('s')) return std::string(many);
  if (many.ends_with("ies")) return std::string(many.substr(0, many.size() - 3)) + "y";
  return std::string(many.substr(0, many.size() - (many.ends_with("hes") ? 2 : 1)));
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
  const std::string noun = v == 1 ? one_of(unit) : std::string(unit);
  if (v < 999'500) return {1, noun};
  if (v < 999.5e6) return {1e6, "million " + noun};
  if (v < 999.5e9) return {1e9, "billion " + noun};
  return {1, noun};
}

// The power of ten that v begins with, once it is rounded to `figures` figures: 0.9997 is 1.00.
int magnitude(double v, int figures) {
  const std::string text = fmt::format("{:.{}e}", v, figures - 1);
  return std::stoi(text.substr(text.find('e') + 1));
}

// Decimals that show `figures` significant figures of v; negative for numbers that are rounded before the point.
int decimals(double v, int figures) { return v == 0 || !std::isfinite(v) ? 0 : figures - 1 - magnitude(v, figures); }

// 1204.6 -> 1,205; 0.0213 -> 0.0213; very large and very small ones as 1.20e+18. Negative places round to tens and so on.
std::string digits(double v, int places) {
  if (v == 0) return "0";
  if (std::abs(v) >= 1e15 || std::abs(v) < 1e-4) return fmt::format("{:.2e}", v);
  if (places < 0) {
    const double step = std::pow(10.0, -places);
    v = std::round(v / step) * step;
  }
  std::string text = fmt::format("{:.{}f}", std::abs(v), std::clamp(places, 0, 9));
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t at = point; at > 3; at -= 3) text.insert(at - 3, ",");
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  return (v < 0 && !zero ? "-" : "") + text;
}

// Three figures; a share near 100 % shows how far it is from there.
int usual_places(double scaled, const Scale& scale) {
  if (scale.name != "%") return decimals(scaled, 3);
  const int near = scaled > 99 && scaled < 100 ? decimals(100 - scaled, 1) : 0;
  return std::min(std::max(decimals(scaled, 3), near), 4);
}

// A number that is known exactly: whole ones below a million stay whole.
std::string exact_digits(double scaled, const Scale& scale) {
  const bool whole = scaled == std::floor(scaled) && std::abs(scaled) < 1e6 && scale.size == 1;
  const bool plain = scale.name == "%" && (scaled == 100);
  return digits(scaled, (whole && scale.name != "s") || plain ? 0 : usual_places(scaled, scale));
}

// Figures enough that the interval is not swallowed by rounding, but not more than `most`.
int places_for(const Summary& s, const Scale& scale, int most) {
  const double scaled = s.value / scale.size;
  const double below = s.value - s.ci95_low;
  const double above = s.ci95_high - s.value;
  const double width = std::max(std::isfinite(below) ? below : 0, std::isfinite(above) ? above : 0) / scale.size;
  if (scaled == 0) return decimals(width, 2);
  const int fine = width > 0 ? std::min(decimals(width, 1), decimals(scaled, most)) : 0;
  return width > 0 ? std::max(usual_places(scaled, scale), fine) : usual_places(scaled, scale);
}

std::string joined(const std::string& number, const Scale& scale) {
  const std::string_view name = scale.name;
  const std::size_t last = name.find_last_not_of(' ');
  if (last == std::string_view::npos) return number;
  return number + " " + std::string(name.substr(0, last + 1));
}

bool no_value_in(const SummaryLine& line) { return line.standing != Standing::measured || !line.summary.has_value(); }

// One end of an interval whose value is shown at `scale`, with the decimals of the value but not more than three figures
// unless the value itself has more. Figures that can be infinite are never negative.
std::string end_of_interval(double v, const Scale& scale, int places, bool fine) {
  if (v == std::numeric_limits<double>::infinity()) return scale.name == "%" ? "100" : "never";
  if (v == -std::numeric_limits<double>::infinity()) return "0";
  if (scale.name == "%" && v == 1) return "100";
  const double scaled = v / scale.size;
  return digits(scaled, fine ? places : std::min(places, decimals(scaled, 3)));
}

}  // namespace

std::string with_separators(std::uint64_t whole) { return digits(static_cast<double>(whole), 0); }

std::string in_file(double value) {
  if (std::isnan(value)) return "";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return fmt::format("{:.9g}", value == 0 ? 0.0 : value);
}

std::string in_words(double value, std::string_view unit) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? (unit == "s" ? "never" : "unbounded") : "0";
  const Scale scale = scale_of(value, unit);
  return joined(exact_digits(value / scale.size, scale), scale);
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
  // Of too few runs with a never among them nothing can be said: [0, never] is the honest interval.
  const bool unknown = s.how == Summary::How::median && s.n >= 2;
  const bool interval =
      unknown || ((std::isfinite(s.ci95_low) || std::isfinite(s.ci95_high)) && s.ci95_low < s.ci95_high);
  Scale scale = scale_of(s.value == 0 && std::isfinite(s.ci95_high) ? s.ci95_high : s.value, line.unit);
  if (said || interval) scale.name = scale.name == one_of(line.unit) ? line.unit : scale.name;
  const bool counted = scale.size == 1 && scale.name == line.unit && line.unit.size() > 2 && line.unit != "share";
  if (interval && counted && std::abs(s.value) >= 9'999.5) scale = {1e3, "thousand " + line.unit};
  if (said) scale.name.resize(scale.name.size() - line.unit.size());
  const double scaled = s.value / scale.size;
  if (!interval) return {joined(exact_digits(scaled, scale), scale), ""};
  // Four figures, and more only where the interval would be swallowed.
  for (int most = scale.name == "%" ? 6 : 4;; ++most) {
    const int places = places_for(s, scale, most);
    const bool fine = scaled != 0 && places > decimals(scaled, 3);
    const std::string low = end_of_interval(s.ci95_low, scale, places, fine);
    const std::string high = end_of_interval(s.ci95_high, scale, places, fine);
    if (low == high && most < 6) continue;
    const bool separators = low.find(',') != std::string::npos || high.find(',') != std::string::npos;
    return {joined(digits(scaled, places), scale), "[" + low + (separators ? " .. " : ", ") + high + "]"};
  }
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
