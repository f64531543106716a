// Power off, and the disk is gone. With `for` the machines come back empty.
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

Fields fields() { return {}; }

class Wipe final : public Disturbance {
 public:
  explicit Wipe(const DisturbanceContext& context)
      : number_(context.number), machines_(context.machines.begin(), context.machines.end()) {}
  void begin(Afflictions& on) override {
    for (const MachineId machine : machines_) on.hold_wiped(machine, number_);
  }
  void end(Afflictions& on) override {
    for (const MachineId machine : machines_) on.let_go(machine, number_);
  }

 private:
  std::uint32_t number_;
  std::vector<MachineId> machines_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Wipe>(context); }

}  // namespace

DisturbanceRow wipe_disturbance() {
  return {.name = "wipe",
          .sentence = "Machines lose power and their disks; with `for` they come back empty when it is over.",
          .fields = fields,
          .make = make};
}

}  // namespace peerlab
