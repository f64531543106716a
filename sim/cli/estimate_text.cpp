#include "sim/cli/estimate_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/words.h"
#include "sim/cli/host_probe.h"

namespace peerlab {
namespace {

/// A world needs more as it goes on than to begin with.
constexpr double usable = 0.9;

std::string memory(double bytes) {
  return bytes < 1e9 ? fmt::format("{:.0f} MB", bytes / 1e6) : fmt::format("{:.1f} GB", bytes / 1e9);
}

/// `at_least`: the sample was too small to say more.
std::string span_of(double least, double most, bool at_least) {
  if (at_least) return "at least " + in_words(least, "s");
  if (most <= least * 1.01) return "about " + in_words(least, "s");
  return in_words(least, "s") + " to " + in_words(most, "s");
}

}  // namespace

std::string estimate_text(const Scenario& scenario, const Estimate& estimate, unsigned threads, double available) {
  std::string out = fmt::format("{}: an estimate, nothing was run to its end.\n\n", scenario.name);
  for (const WorldEstimate& world : estimate.worlds) {
    out +=
        fmt::format("  {}: one world takes {} on one core, {:.3g} million events, {}{} of memory ({} to begin with).\n",
                    world.system, span_of(world.seconds, world.seconds_most, world.from_little), world.events / 1e6,
                    world.from_little ? "perhaps " : "", memory(world.bytes), memory(world.bytes_beginning));
    out += fmt::format("    Carried on from {}{}.\n", world.from_little ? "only " : "", world.basis);
    if (world.from_little) {
      out +=
          "    In so small a part a run still fills up: later there may be more to do, and memory may grow more "
          "slowly.\n";
    }
  }
  const bool at_least =
      std::any_of(estimate.worlds.begin(), estimate.worlds.end(), [](const WorldEstimate& w) { return w.from_little; });
  out += fmt::format("\n  All {} {} with -j {}: {}, {:.3g} million events, up to {} at the same time",
                     estimate.worlds.size() * estimate.replications,
                     estimate.worlds.size() * estimate.replications == 1 ? "world" : "worlds", threads,
                     span_of(estimate.seconds(threads), estimate.seconds_most(threads), at_least),
                     estimate.events() / 1e6, memory(estimate.bytes(threads)));
  if (available > 0) out += fmt::format("; {} are free", memory(available));
  out += ".\n";
  if (available > 0 && estimate.bytes(threads) > available) {
    out += estimate.bytes(1) <= available ? "  That is more than there is: use -j 1.\n"
                                          : "  That is more than there is: fewer users, or a larger machine.\n";
  }
  out += "  Bursts, faults and attacks that come later are not foreseen; a busy machine takes longer.\n";
  return out;
}

std::string too_large(const Scenario& scenario, unsigned threads) {
  const double available = memory_available();
  if (available <= 0) return {};
  const HostProbe probe = host_probe();
  const double needed = bytes_to_begin(scenario, probe, threads);
  if (needed <= usable * available) return {};
  std::string out =
      fmt::format("{} needs about {} of memory to begin with (reckoned from two small worlds), and {} are free.",
                  scenario.name, memory(needed), memory(available));
  if (threads > 1 && bytes_to_begin(scenario, probe, 1) <= usable * available) return out + " With -j 1 it fits.";
  return out + " Fewer users need less; --set network.users=N changes them.";
}

}  // namespace peerlab
