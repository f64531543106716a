#include "sim/run/estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "sim/run/stage.h"
#include "sim/world/world.h"

namespace peerlab {
namespace {

// Measured on block floods: an event of a world of a million nodes takes up to three times that of one of 10,000,
// because each touches memory that no cache holds.
constexpr double most_slower = 3;

// Below this share of the whole a sample has hardly seen what a run does: mempools and queues still fill, so that events come slower
// than later and memory grows faster.
constexpr double little = 0.02;

struct Sample {
  double users = 0;
  double build_seconds = 0;
  double run_seconds = 0;
  double events = 0;
  double done = 0;  ///< share of the whole run that was sampled
  double bytes_built = 0;
  double bytes_half = 0;  ///< allocated when half of the sample had been run
  double bytes_end = 0;
  double half = 0;  ///< `done` at that moment
  std::string until;
};

/// What of the run is over at an instant, or after so many blocks: whatever ends it first.
double share_done(const Scenario& scenario, Time now, std::uint64_t blocks) {
  double done = static_cast<double>(now.ns) / static_cast<double>(scenario.duration.ns);
  if (scenario.stop_blocks > 0)
    done = std::max(done, static_cast<double>(blocks) / static_cast<double>(scenario.stop_blocks));
  return std::min(done, 1.0);
}

/// Counts the blocks as they are mined.
class BlockCount final : public Observer {
 public:
  [[nodiscard]] std::span<const HappeningKind> kinds() const override {
    static constexpr std::array wanted{happened::block_mined};
    return wanted;
  }
  void see(const Row&) override { ++blocks; }
  std::uint64_t blocks = 0;
};

std::optional<Sample> sample(const Scenario& scenario, const SystemEntry& system, const HostProbe& probe,
                             std::int64_t budget_ns, Problems& problems) {
  Sample out;
  out.users = scenario.users();
  const std::int64_t heap_before = probe.heap_bytes();
  const std::int64_t start = probe.clock();
  const std::unique_ptr<Staged> staged =
      stage(scenario, system, replication_seed(scenario.seed, 0), RunModes{}, problems);
  if (staged == nullptr) return std::nullopt;
  const auto grown = [&] { return static_cast<double>(std::max<std::int64_t>(probe.heap_bytes() - heap_before, 0)); };
  BlockCount count;
  staged->audience.add(count);
  std::int64_t built = 0;
  std::int64_t spent = 0;
  staged->built->plan.keep_going = [&](Time now, std::uint64_t) {
    if (out.bytes_built == 0) out.bytes_built = grown();  // nodes are made when the world begins
    spent = probe.clock() - built;
    out.done = share_done(scenario, now, count.blocks);
    if (spent > budget_ns / 2 && out.half == 0) {
      out.half = out.done;
      out.bytes_half = grown();
    }
    return spent < budget_ns;
  };
  World world(std::move(staged->built->plan));
  built = probe.clock();
  out.build_seconds = static_cast<double>(built - start) * 1e-9;
  const WorldOutcome outcome = world.run();
  out.run_seconds = static_cast<double>(probe.clock() - built) * 1e-9;
  out.events = static_cast<double>(outcome.events);
  if (!outcome.interrupted) out.done = 1;
  out.bytes_end = grown();
  if (out.bytes_built == 0) out.bytes_built = out.bytes_end;  // over before the first look
  out.until = !outcome.interrupted       ? "its whole run"
              : scenario.stop_blocks > 0 ? fmt::format("{} of {} blocks", count.blocks, scenario.stop_blocks)
                                         : fmt::format("{:.2g} % of its simulated time", out.done * 100);
  return out;
}

Scenario with_users(const Scenario& scenario, std::uint32_t users) {
  Scenario smaller = scenario;
  smaller.network.set("users", std::to_string(users));
  return smaller;
}

/// Carried on from a sample to the whole run of as many users.
WorldEstimate carried_on(const std::string& system, const Sample& s) {
  WorldEstimate out;
  out.system = system;
  const double times = s.done > 0 ? 1 / s.done : 1;
  out.events = s.events * times;
  out.seconds = s.build_seconds + s.run_seconds * times;
  out.seconds_most = out.seconds;
  out.bytes_beginning = s.bytes_built;
  // What is allocated in the first half of a sample is mostly there to stay, what comes later grows with the run.
  const double rate = s.done > s.half && s.half > 0 ? std::max(0.0, s.bytes_end - s.bytes_half) / (s.done - s.half) : 0;
  out.bytes = s.bytes_end + rate * (1 - s.done);
  out.basis = fmt::format("{} of one world", s.until);
  out.from_little = s.done < little;
  return out;
}

std::optional<WorldEstimate> estimate_system(const Scenario& scenario, const SystemEntry& system,
                                             const HostProbe& probe, Problems& problems) {
  if (scenario.users() <= largest_sample) {
    const std::optional<Sample> one = sample(scenario, system, probe, probe.budget_ns, problems);
    if (!one) return std::nullopt;
    return carried_on(system.name, *one);
  }
  const Scenario large = with_users(scenario, largest_sample);
  const Scenario small = with_users(scenario, largest_sample / 2);
  const std::optional<Sample> a = sample(small, system, probe, probe.budget_ns / 2, problems);
  const std::optional<Sample> b = a ? sample(large, system, probe, probe.budget_ns, problems) : std::nullopt;
  if (!b) return std::nullopt;
  const WorldEstimate of_small = carried_on(system.name, *a);
  WorldEstimate out = carried_on(system.name, *b);
  const double users = scenario.users();
  const double scale = users / b->users;
  const auto line = [&](double at_small, double at_large) {
    return std::max(at_large, at_large + (at_large - at_small) / (b->users - a->users) * (users - b->users));
  };
  out.bytes_beginning = line(of_small.bytes_beginning, out.bytes_beginning);
  out.bytes = std::max(line(of_small.bytes, out.bytes), out.bytes_beginning);
  out.events *= scale;
  out.seconds *= scale;
  out.seconds_most = out.seconds * most_slower;
  out.from_little = b->done < little;
  out.basis = fmt::format("{} with {} users instead of {}", b->until, b->users, users);
  return out;
}

}  // namespace

Estimate estimate(const Scenario& scenario, const HostProbe& probe) {
  Estimate out;
  out.replications =
      scenario.replications * static_cast<std::uint32_t>(std::max<std::size_t>(scenario.cells.size(), 1));
  for (const SystemEntry& system : scenario.systems) {
    std::optional<WorldEstimate> one = estimate_system(scenario, system, probe, out.problems);
    if (!one) return out;
    out.worlds.push_back(std::move(*one));
  }
  return out;
}

double bytes_to_begin(const Scenario& scenario, const HostProbe& probe, unsigned threads) {
  if (scenario.users() <= largest_sample) return 0;
  Estimate out;
  out.replications =
      scenario.replications * static_cast<std::uint32_t>(std::max<std::size_t>(scenario.cells.size(), 1));
  for (const SystemEntry& system : scenario.systems) {
    constexpr std::uint32_t small = largest_sample / 8;
    Problems ignored;  // a selector may match nobody in a small world; then nothing can be said
    const std::optional<Sample> a = sample(with_users(scenario, small), system, probe, 0, ignored);
    const std::optional<Sample> b = a ? sample(with_users(scenario, 2 * small), system, probe, 0, ignored) : a;
    if (!b) return 0;
    WorldEstimate world;
    world.bytes =
        b->bytes_built + std::max(0.0, b->bytes_built - a->bytes_built) / small * (scenario.users() - 2.0 * small);
    out.worlds.push_back(std::move(world));
  }
  return out.bytes(threads);
}

double Estimate::events() const {
  double sum = 0;
  for (const WorldEstimate& world : worlds) sum += world.events;
  return sum * replications;
}

namespace {
/// Worlds are taken by free threads: never faster than the longest, nor than all of them shared out.
double shared_out(const std::vector<WorldEstimate>& worlds, double WorldEstimate::*seconds, std::uint32_t replications,
                  unsigned threads) {
  double sum = 0;
  double longest = 0;
  for (const WorldEstimate& world : worlds) {
    sum += world.*seconds * replications;
    longest = std::max(longest, world.*seconds);
  }
  return std::max(longest, sum / std::max(threads, 1U));
}
}  // namespace

double Estimate::seconds(unsigned threads) const {
  return shared_out(worlds, &WorldEstimate::seconds, replications, threads);
}

double Estimate::seconds_most(unsigned threads) const {
  return shared_out(worlds, &WorldEstimate::seconds_most, replications, threads);
}

double Estimate::bytes(unsigned threads) const {
  std::vector<double> all;
  for (const WorldEstimate& world : worlds) all.insert(all.end(), replications, world.bytes);
  std::sort(all.begin(), all.end(), [](double a, double b) { return a > b; });  // equal ones are interchangeable
  double sum = 0;
  for (std::size_t i = 0; i < all.size() && i < std::max(threads, 1U); ++i) sum += all[i];
  return sum;
}

}  // namespace peerlab
