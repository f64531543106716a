#include "models/network/access.h"

#include <array>

#include "models/base/time.h"

namespace peerlab {

namespace {

constexpr double mbit = 1e6;
double ns(Duration d) { return static_cast<double>(d.ns); }

}  // namespace

// Round figures of our own choice, of the order that public speed tests report. Messages ride on reliable connections,
// so that a lost packet is a little more latency, not a lost message; only mobile links lose connections now and then.
std::span<const AccessProfile> access_profiles() {
  static const std::array<AccessProfile, 7> table = {{
      {"by-region", "The mean rates of the machine's region, from the tables of `geography`.", 0, 0,
       Distribution::constant(0), 0},
      {"custom", "The rates of `upload` and `download`.", 0, 0, Distribution::constant(0), 0},
      {"data-centre", "10 Gbit/s both ways, 0.1 ms.", 10'000 * mbit, 10'000 * mbit,
       Distribution::constant(ns(microseconds(100))), 0},
      {"cable", "A cable to the local network: 1 Gbit/s both ways, 0.2 ms.", 1'000 * mbit, 1'000 * mbit,
       Distribution::constant(ns(microseconds(200))), 0},
      {"wifi", "A shared radio: 100 Mbit/s both ways, 3 ms in the median and sometimes much more.", 100 * mbit,
       100 * mbit, Distribution::lognormal(ns(milliseconds(3)), 0.8), 0},
      {"home", "Home broadband: 20 Mbit/s up, 100 Mbit/s down, 8 ms in the median.", 20 * mbit, 100 * mbit,
       Distribution::lognormal(ns(milliseconds(8)), 0.3), 0},
      {"mobile", "A telephone: 10 Mbit/s up, 40 Mbit/s down, 25 ms in the median, one message in a thousand lost.",
       10 * mbit, 40 * mbit, Distribution::lognormal(ns(milliseconds(25)), 0.5), 0.001},
  }};
  return table;
}

int find_access(std::string_view name) {
  int place = 0;
  for (const AccessProfile& profile : access_profiles()) {
    if (profile.name == name) return place;
    ++place;
  }
  return -1;
}

}  // namespace peerlab
