// Each machine on its own: nothing passes between it and anybody else.
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

class Isolate final : public Disturbance {
 public:
  explicit Isolate(const DisturbanceContext& context)
      : number_(context.number), machines_(context.machines.begin(), context.machines.end()) {}
  void begin(Afflictions& on) override { on.isolate(number_, machines_); }
  void end(Afflictions& on) override { on.heal(number_); }

 private:
  std::uint32_t number_;
  std::vector<MachineId> machines_;
};

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Isolate>(context); }

}  // namespace

DisturbanceRow isolate_disturbance() {
  return {.name = "isolate",
          .sentence = "Each of the machines is cut off from all others, one another included.",
          .make = make};
}

}  // namespace peerlab
