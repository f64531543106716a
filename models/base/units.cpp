#include "models/base/units.h"

#include "models/base/quantity.h"

namespace peerlab {
namespace {

constexpr std::int64_t k = 1000;
constexpr std::int64_t ki = 1024;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_but_for_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

}  // namespace

const Unit* Units::find(std::string_view name) const {
  for (const Unit& u : units) {
    if (u.name == name) return &u;
  }
  return nullptr;
}

std::string Units::meant(std::string_view typed) const {
  for (const auto& [theirs, ours] : slips) {
    if (theirs == typed) return ours;
  }
  for (const auto& [theirs, ours] : slips) {
    if (same_but_for_case(theirs, typed)) return ours;
  }
  for (const Unit& u : units) {
    if (same_but_for_case(u.name, typed)) return u.name;
  }
  return {};
}

// The tables are constant once made; making them on first use keeps start-up short.
const Units& duration_units() {
  static const Units table{
      "time",
      "a duration",
      "A duration is written like `50 ms`, `10 min` or `24 h` (ns, us, ms, s, min, h, d).",
      " is finer than a nanosecond, the smallest step of simulated time.",
      " is longer than 292 years, the longest simulated time.",
      {{"ns", 1, 0, true},
       {"us", k, 3, true},
       {"ms", k * k, 6, true},
       {"s", k * k * k, 9, true},
       {"min", 60 * k * k * k, 0, false},
       {"h", 3600 * k * k * k, 0, false},
       {"d", 86400 * k * k * k, 0, false}},
      {{"\xc2\xb5s", "us"},   {"\xce\xbcs", "us"},   {"usec", "us"},   {"msec", "ms"},        {"sec", "s"},
       {"secs", "s"},         {"second", "s"},       {"seconds", "s"}, {"m", "min"},          {"mins", "min"},
       {"minute", "min"},     {"minutes", "min"},    {"hr", "h"},      {"hrs", "h"},          {"hour", "h"},
       {"hours", "h"},        {"day", "d"},          {"days", "d"},    {"millisecond", "ms"}, {"milliseconds", "ms"},
       {"nanoseconds", "ns"}, {"microseconds", "us"}}};
  return table;
}

const Units& size_units() {
  static const Units table{
      "size",
      "a size",
      "A size is written like `250 B`, `2 kB` or `1 MiB` (B, kB, MB, GB, TB, KiB, MiB, GiB, TiB).",
      " is not a whole number of bytes.",
      " is more than 9.2e18 bytes.",
      {{"B", 1, 0, true},
       {"kB", k, 3, true},
       {"MB", k * k, 6, true},
       {"GB", k * k * k, 9, true},
       {"TB", k * k * k * k, 12, true},
       {"KiB", ki, 0, false},
       {"MiB", ki * ki, 0, false},
       {"GiB", ki * ki * ki, 0, false},
       {"TiB", ki * ki * ki * ki, 0, false}},
      {{"byte", "B"}, {"bytes", "B"}, {"k", "kB"}, {"M", "MB"}, {"G", "GB"}, {"Kb", "kB"}, {"Mb", "MB"}, {"Gb", "GB"}}};
  return table;
}

const Units& bandwidth_units() {
  static const Units table{"bandwidth",
                           "a bandwidth",
                           "A bandwidth is written like `96 kbit/s`, `8 Mbit/s` or `1 Gbit/s`.",
                           " is finer than a bit per second.",
                           " is more than 1e18 bit/s.",
                           {{"bit/s", 1, 0, true},
                            {"kbit/s", k, 3, true},
                            {"Mbit/s", k * k, 6, true},
                            {"Gbit/s", k * k * k, 9, true},
                            {"Tbit/s", k * k * k * k, 12, true}},
                           {{"bps", "bit/s"},
                            {"kbps", "kbit/s"},
                            {"Mbps", "Mbit/s"},
                            {"Gbps", "Gbit/s"},
                            {"Mb/s", "Mbit/s"},
                            {"Gb/s", "Gbit/s"},
                            {"kb/s", "kbit/s"},
                            {"Mbit", "Mbit/s"},
                            {"Gbit", "Gbit/s"},
                            {"kbit", "kbit/s"}}};
  return table;
}

const Units& share_units() {
  static const Units table{"share", "a share",           "A share is written like `25 %` or `0.1 %`.",       "",
                           "",      {{"%", 1, 0, true}}, {{"percent", "%"}, {"per cent", "%"}, {"pct", "%"}}};
  return table;
}

}  // namespace peerlab
