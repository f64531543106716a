// Power on again, whatever held the machines down. One that is running loses its memory and starts from its disk.
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

class Restart final : public Disturbance {
 public:
  explicit Restart(const DisturbanceContext& context) : machines_(context.machines.begin(), context.machines.end()) {}
  void begin(Afflictions& on) override {
    for (const MachineId machine : machines_) on.restart(machine);
  }
  void end(Afflictions&) override {}

 private:
  std::vector<MachineId> machines_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Restart>(context); }

}  // namespace

DisturbanceRow restart_disturbance() {
  return {.name = "restart",
          .sentence = "Machines that are off start again from their disks; running ones are switched off and on.",
          .at_once = true,
          .make = make};
}

}  // namespace peerlab
