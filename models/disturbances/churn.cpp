// Machines come and go: each stays for a session, is absent for a while, comes back with what its disk kept, and so on.
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
std::vector<Turn> turns(const DisturbanceContext& context) {
  const Distribution session = context.params.law("session");
  const Distribution absence = context.params.law("absence");
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

std::vector<Time> moments(const DisturbanceContext& context) {
  std::vector<Time> instants;
  for (const Turn& turn : turns(context)) instants.push_back(turn.at);
  return instants;
}

double expected_moments(const Params& params, Duration lasts) {
  const double cycle = params.law("session").mean() + params.law("absence").mean();
  return 2 * static_cast<double>(lasts.ns) / cycle;
}

class Churn final : public Disturbance {
 public:
  explicit Churn(const DisturbanceContext& context)
      : number_(context.number), machines_(context.machines.begin(), context.machines.end()), turns_(turns(context)) {}
  void begin(Afflictions&) override {}
  void act(Afflictions& on, std::uint32_t k) override {
    if (turns_[k].leaves) {
      on.hold_down(turns_[k].machine, number_);
    } else {
      on.let_go(turns_[k].machine, number_);
    }
  }
  void end(Afflictions& on) override {
    for (const MachineId machine : machines_) on.let_go(machine, number_);
  }

 private:
  std::uint32_t number_;
  std::vector<MachineId> machines_;
  std::vector<Turn> turns_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Churn>(context); }

}  // namespace

DisturbanceRow churn_disturbance() {
  return {.name = "churn",
          .sentence = "Machines come and go, each by its own chance; whoever is away when it is over comes back.",
          .fields = fields,
          .make = make,
          .moments = moments,
          .expected_moments = expected_moments};
}

}  // namespace peerlab
