#include "sim/cli/profile_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/report/layout.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

double seconds_of(std::int64_t ns) { return static_cast<double>(ns) * 1e-9; }

struct Line {
  std::string name, count, host, share, each, simulated;
};

void print(std::string& out, const std::vector<Line>& lines) {
  std::size_t name = 0;
  for (const Line& line : lines) name = std::max(name, columns(line.name));
  for (const Line& line : lines) {
    out += trimmed(fmt::format("  {}  {:>13}  {:>9}  {:>6}  {:>9}  {:>13}", padded(line.name, name), line.count,
                               line.host, line.share, line.each, line.simulated)) +
           "\n";
  }
}

}  // namespace

std::string profile_text(const std::string& system, const Profile& profile) {
  const std::int64_t all_ns = std::max<std::int64_t>(profile.build_ns + profile.run_ns + profile.finish_ns, 1);
  const auto share = [all_ns](std::int64_t ns) {
    return fmt::format("{:.1f} %", 100 * static_cast<double>(ns) / static_cast<double>(all_ns));
  };
  std::vector<Line> lines = {{"handled", "times", "host time", "share", "each", "simulated CPU"}};
  const std::vector<ProfileRow> rows = profile.table();
  for (const ProfileRow& row : rows) {
    const double each = seconds_of(row.host_ns()) / static_cast<double>(row.count);
    lines.push_back({row.name, with_separators(row.count), in_words(seconds_of(row.host_ns()), "s"),
                     share(row.host_ns()), fmt::format("{:.0f} ns", each * 1e9),
                     in_words(row.simulated.seconds(), "s")});
  }
  const auto step = [&](const char* name, std::int64_t ns) {
    lines.push_back({name, "", in_words(seconds_of(ns), "s"), share(ns), "", ""});
  };
  step("queue, links and observers", profile.elsewhere_ns());
  step("building the worlds", profile.build_ns);
  step("figures at the end", profile.finish_ns);

  std::string out = fmt::format("Where the time of {} went: {} of host time for {} events in {} {}.\n\n", system,
                                in_words(seconds_of(all_ns), "s"), with_separators(profile.events), profile.runs,
                                profile.runs == 1 ? "run" : "runs");
  print(out, lines);
  if (!rows.empty()) {
    const ProfileRow& top = rows.front();
    out += fmt::format(
        "\nDearest: `{}`, {} of the host's time. Host time is the handler and what it asked for at once; reading the\n"
        "clock is in it, some 50 ns each. Simulated CPU is what the machines were charged (`cpu.price: free` charges "
        "none).\n",
        top.name, share(top.host_ns()));
  }
  return out;
}

}  // namespace peerlab
