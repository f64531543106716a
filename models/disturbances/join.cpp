// Machines that are absent at first and take part from `at` on.
#include <vector>

#include "models/disturbances/rows.h"

namespace peerlab {

namespace {

Fields fields() { return {}; }

class Join final : public Disturbance {
 public:
  explicit Join(const DisturbanceContext& context)
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

std::unique_ptr<Disturbance> make(const DisturbanceContext& context) { return std::make_unique<Join>(context); }

}  // namespace

DisturbanceRow join_disturbance() {
  return {.name = "join",
          .sentence = "Machines are absent from the start of the run and join at `at`, empty.",
          .fields = fields,
          .until_at = true,
          .make = make};
}

}  // namespace peerlab
