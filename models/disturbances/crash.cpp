// Power off. Memory and what was not synced to disk are lost; with `for` the machines come back at the end of it.
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

Fields fields() { return {}; }

class Crash final : public Disturbance {
 public:
  explicit Crash(const DisturbanceContext& context)
      : number_(context.number), machines_(context.machines.begin(), context.machines.end()) {}
  void begin(Afflictions& on) override {
    for (const MachineId machine : machines_) on.hold_down(machine, number_);
  }
  void end(Afflictions& on) override {
    for (const MachineId machine : machines_) on.let_go(machine, number_);
  }

 private:
  std::uint32_t number_;
  std::vector<MachineId> machines_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Crash>(context); }

}  // namespace

DisturbanceRow crash_disturbance() {
  return {.name = "crash",
          .sentence = "Machines lose power, keeping what was synced to disk; with `for` they restart when it is over.",
          .fields = fields,
          .make = make};
}

}  // namespace peerlab
