#include "analysis/report/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "models/base/numeric.h"

namespace peerlab {
namespace {

constexpr double minute = 60;
constexpr double hour = 3600;
constexpr double day = 86400;

double power_of_ten(int exponent) {
  double power = 1;
  for (int i = 0; i < std::abs(exponent); ++i) power *= 10;
  return exponent < 0 ? 1 / power : power;
}

// A number with as many decimals as it needs, at most nine.
std::string plain(double value) {
  std::string text = fmt::format("{:.9f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  for (std::size_t at = std::min(text.find('.'), text.size()); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string with_prefix(double value, std::string_view unit) {
  constexpr std::array<std::string_view, 7> prefixes = {"", "k", "M", "G", "T", "P", "E"};
  std::size_t i = 0;
  while (value >= 999.5 && i + 1 < prefixes.size()) {
    value /= 1000;
    ++i;
  }
  return plain(value) + " " + std::string(prefixes[i]) + std::string(unit);
}

std::string time_label(double s) {
  if (s == 0) return "0 s";
  if (s < 0.9995e-6) return plain(s * 1e9) + " ns";
  if (s < 0.9995e-3) return plain(s * 1e6) + " us";
  if (s < 0.9995) return plain(s * 1e3) + " ms";
  if (s < minute) return plain(s) + " s";
  if (s < hour) return plain(s / minute) + " min";
  return s < day ? plain(s / hour) + " h" : plain(s / day) + " d";
}

std::string label_of(double value, std::string_view unit) {
  if (unit == "s") return time_label(value);
  if (unit == "share") return plain(value * 100) + " %";
  if (unit == "B" || unit == "J") return value == 0 ? "0" : with_prefix(value, unit);
  if (value < 999'999) return plain(value);
  if (value < 999.9e6) return plain(value / 1e6) + " million";
  if (value < 999.9e9) return plain(value / 1e9) + " billion";
  return fmt::format("{:.0e}", value);
}

// Steps by logarithm, rising, from fine to coarse: an axis takes the finest of which few enough fall on it.
std::vector<std::vector<double>> steps(std::string_view unit) {
  const bool time = unit == "s";
  std::vector<std::vector<double>> all(5);
  for (int e = -9; e < (time ? 0 : 24); ++e) {
    const double power = power_of_ten(e);
    all[0].insert(all[0].end(), {power, 2 * power, 5 * power});
    all[1].push_back(power);
    if (e % 2 == 0) all[2].push_back(power);
    if (e % 3 == 0) all[3].push_back(power);
    if (e % 6 == 0) all[4].push_back(power);
  }
  if (!time) return all;
  const auto add = [&](std::size_t level, std::initializer_list<double> values) {
    all[level].insert(all[level].end(), values);
  };
  add(0, {1,           2,           5,        10,        30,        minute,     2 * minute,  5 * minute,
          10 * minute, 30 * minute, hour,     2 * hour,  6 * hour,  12 * hour,  day,         2 * day,
          5 * day,     10 * day,    30 * day, 100 * day, 300 * day, 1000 * day, 10'000 * day});
  add(1, {1, 10, minute, 10 * minute, hour, 10 * hour, 5 * day, 30 * day, 300 * day, 10'000 * day});
  add(2, {1, minute, hour, day, 30 * day, 1000 * day});
  add(3, {1, minute, hour, day, 100 * day, 10'000 * day});
  add(4, {1, hour, 30 * day, 10'000 * day});
  return all;
}

Axis by_logarithm(double least, double greatest, std::string_view unit, std::size_t most) {
  const std::vector<std::vector<double>> all = steps(unit);
  const std::vector<double>& fine = all.front();
  std::size_t from = 0;
  std::size_t to = fine.size() - 1;
  while (from + 1 < fine.size() && fine[from + 1] <= least) ++from;
  while (to > 0 && fine[to - 1] >= greatest) --to;
  to = std::max(to, from);
  for (bool down = true; fine[to] < 10 * fine[from] * 0.999; down = !down) {
    if (down && from > 0) --from;
    if (!down && to + 1 < fine.size()) ++to;
  }
  Axis axis{true, fine[from], fine[to], {}};
  for (const std::vector<double>& level : all) {
    axis.ticks.clear();
    for (const double v : level) {
      if (v >= axis.low * 0.999 && v <= axis.high * 1.001) axis.ticks.push_back({v, label_of(v, unit)});
    }
    if (axis.ticks.size() <= most) break;
  }
  return axis;
}

Axis linear(double greatest, std::string_view unit, std::size_t most) {
  if (unit == "share" && (greatest > 0.5 || greatest <= 0)) return axis_of_shares();
  if (greatest <= 0) greatest = 1;
  const bool whole = unit != "share" && unit != "1" && unit != "s" && unit != "1/h";
  for (int e = whole ? 0 : -9;; ++e) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double step = digit * power_of_ten(e);
      const double count = std::ceil(greatest / step - 1e-9);
      if (count + 1 > static_cast<double>(most)) continue;
      Axis axis{false, 0, count * step, {}};
      for (int i = 0; i <= static_cast<int>(count); ++i) axis.ticks.push_back({i * step, label_of(i * step, unit)});
      return axis;
    }
  }
}

}  // namespace

double Axis::position(double value) const {
  if (value <= low) return 0;
  if (value >= high) return 1;
  if (!logarithmic) return (value - low) / (high - low);
  const double from = log(low);
  const double to = log(high);
  return (log(value) - from) / (to - from);
}

Axis axis_for(std::span<const double> values, std::string_view unit, std::size_t most) {
  std::optional<double> least;  // above zero
  double greatest = 0;
  for (const double v : values) {
    if (!std::isfinite(v)) continue;
    greatest = std::max(greatest, v);
    if (v > 0) least = std::min(least.value_or(v), v);
  }
  if (least && unit == "s") return by_logarithm(*least, greatest, unit, most);
  const bool far_apart = least && unit != "share" && greatest >= 20 * *least;
  return far_apart ? by_logarithm(*least, greatest, unit, most) : linear(greatest, unit, most);
}

Axis axis_of_shares() {
  return {false, 0, 1, {{0, "0 %"}, {0.2, "20 %"}, {0.4, "40 %"}, {0.6, "60 %"}, {0.8, "80 %"}, {1, "100 %"}}};
}

}  // namespace peerlab
