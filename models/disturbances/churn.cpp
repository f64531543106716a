// Machines come and go: each stays for a session, is absent for a while, comes back with what its disk kept, and so on. Or they wear
// out: each lasts for a lifetime, and after a while an empty one stands in its place.
//
// Everybody begins with a session. Each machine has a stream of its own for (entry, occurrence), in which sessions and
// absences take turns: the k-th absence of a machine is the same in every system, and one more machine shifts nobody's.
#include <algorithm>
#include <tuple>
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

constexpr double shortest_ns = 1e6;
constexpr double longest_ns = 9e18;

Fields fields() {
  return {
      {.name = "session",
       .kind = Kind::law,
       .fallback = "exponential 2 h",
       .sentence = "How long a machine stays each time: a duration or a law, never less than 1 ms.",
       .example = "lognormal median 40 min sigma 1.5",
       .least = "1 s",
       .of = Kind::duration},
      {.name = "absence",
       .kind = Kind::law,
       .fallback = "exponential 30 min",
       .sentence = "How long it is away each time: a duration or a law, never less than 1 ms.",
       .example = "exponential 30 min",
       .least = "1 s",
       .of = Kind::duration},
  };
}

Fields lifetimes() {
  return {
      {.name = "lifetime",
       .kind = Kind::law,
       .fallback = "exponential 10 h",
       .sentence = "How long a machine lasts until it fails with its disk: a duration or a law, never less than 1 ms.",
       .example = "exponential 30 d",
       .least = "1 s",
       .of = Kind::duration},
      {.name = "replaced_after",
       .kind = Kind::law,
       .fallback = "exponential 1 h",
       .sentence = "How long until an empty machine stands in its place: a duration or a law, never less than 1 ms.",
       .example = "exponential 6 h",
       .least = "1 s",
       .of = Kind::duration},
  };
}

/// What the two rows call their laws.
struct Names {
  const char* here;
  const char* away;
};
constexpr Names of_churn = {"session", "absence"};
constexpr Names of_wear = {"lifetime", "replaced_after"};

struct Turn {
  Time at;
  MachineId machine;
  bool leaves = true;
};

Duration draw(const Distribution& law, Stream& random) {
  return Duration{static_cast<std::int64_t>(std::clamp(law.sample(random), shortest_ns, longest_ns))};
}

Stream stream_of(const DisturbanceContext& context, MachineId machine) {
  Purpose what = purpose("churn");
  what.value ^= static_cast<std::uint32_t>(mix64(std::uint64_t{context.number} << 32 | context.occurrence));
  return {context.seed, what, machine.value};
}

/// All comings and goings of one occurrence, in the order (instant, machine).
std::vector<Turn> turns(const DisturbanceContext& context, Names names) {
  const Distribution session = context.params.law(names.here);
  const Distribution absence = context.params.law(names.away);
  std::vector<Turn> all;
  for (const MachineId machine : context.machines) {
    Stream random = stream_of(context, machine);
    Time now = context.begin;
    for (bool leaves = true;; leaves = !leaves) {
      const Duration stays = draw(leaves ? session : absence, random);
      if (stays >= context.end - now) break;
      now = now + stays;
      all.push_back({now, machine, leaves});
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Turn& a, const Turn& b) { return std::tie(a.at, a.machine) < std::tie(b.at, b.machine); });
  return all;
}

template <const Names& names>
std::vector<Time> moments(const DisturbanceContext& context) {
  std::vector<Time> instants;
  for (const Turn& turn : turns(context, names)) instants.push_back(turn.at);
  return instants;
}

template <const Names& names>
double expected_moments(const Params& params, Duration lasts) {
  const double cycle = params.law(names.here).mean() + params.law(names.away).mean();
  return 2 * static_cast<double>(lasts.ns) / cycle;
}

class Churn final : public Disturbance {
 public:
  Churn(const DisturbanceContext& context, Names names, bool wipes)
      : number_(context.number),
        wipes_(wipes),
        machines_(context.machines.begin(), context.machines.end()),
        turns_(turns(context, names)) {}
  void begin(Afflictions&) override {}
  void act(Afflictions& on, std::uint32_t k) override {
    if (turns_[k].leaves) {
      wipes_ ? on.hold_wiped(turns_[k].machine, number_) : on.hold_down(turns_[k].machine, number_);
    } else {
      on.let_go(turns_[k].machine, number_);
    }
  }
  void end(Afflictions& on) override {
    for (const MachineId machine : machines_) on.let_go(machine, number_);
  }

 private:
  std::uint32_t number_;
  bool wipes_;  ///< whoever leaves does so without his disk
  std::vector<MachineId> machines_;
  std::vector<Turn> turns_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) {
  return std::make_unique<Churn>(context, of_churn, false);
}
std::unique_ptr<Disturbance> make_wear(const DisturbanceContext& context) {
  return std::make_unique<Churn>(context, of_wear, true);
}

}  // namespace

DisturbanceRow churn_disturbance() {
  return {.name = "churn",
          .sentence = "Machines come and go, each by its own chance; whoever is away when it is over comes back.",
          .fields = fields,
          .make = make,
          .moments = moments<of_churn>,
          .expected_moments = expected_moments<of_churn>};
}

DisturbanceRow wear_disturbance() {
  return {.name = "wear",
          .sentence =
              "Machines fail with their disks, each by its own chance, and are replaced by empty ones; whoever "
              "is missing when it is over is replaced then.",
          .fields = lifetimes,
          .takes_disks = true,
          .make = make_wear,
          .moments = moments<of_wear>,
          .expected_moments = expected_moments<of_wear>};
}

}  // namespace peerlab
