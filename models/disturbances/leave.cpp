// Whoever owns these machines goes away for good, with everything they hold: an operator who closes his service, or its twin,
// peers who turn away from a network. `leave: largest owner of role=store` is the operator of a service and one peer of a ledger;
// `leave: random 50 % of role=store` is every second peer, and the only server.
#include "models/disturbances/falling.h"
#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

constexpr Purpose lots = purpose("leave");

Fields fields() {
  return {within_field("How long after `at` each machine goes: a duration or a law; 0 s: all at once.")};
}

class Leave final : public Falling {
 public:
  explicit Leave(const DisturbanceContext& context) : Falling(context, lots) {}

 private:
  void strike(Afflictions& on, MachineId machine) override { on.take_away(machine, number()); }
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Leave>(context); }
std::vector<Time> moments(const DisturbanceContext& context) { return later_falls(context, lots); }

}  // namespace

DisturbanceRow leave_disturbance() {
  return {
      .name = "leave",
      .sentence = "Machines go away for good and take their disks and all their backups along; owners keep their keys.",
      .fields = fields,
      .for_good = true,
      .make = make,
      .moments = moments,
      .expected_moments = one_moment};
}

}  // namespace peerlab
