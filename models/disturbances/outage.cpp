#include "models/disturbances/outage.h"

namespace peerlab {

namespace {

class Outage final : public Disturbance {
 public:
  Outage(const DisturbanceContext& context, bool wiped)
      : number_(context.number), wiped_(wiped), machines_(context.machines.begin(), context.machines.end()) {}
  void begin(Afflictions& on) override {
    for (const MachineId machine : machines_) {
      if (wiped_) {
        on.hold_wiped(machine, number_);
      } else {
        on.hold_down(machine, number_);
      }
    }
  }
  void end(Afflictions& on) override {
    for (const MachineId machine : machines_) on.let_go(machine, number_);
  }

 private:
  std::uint32_t number_;
  bool wiped_;
  std::vector<MachineId> machines_;
};

}  // namespace

std::unique_ptr<Disturbance> make_outage(const DisturbanceContext& context) {
  return std::make_unique<Outage>(context, false);
}
std::unique_ptr<Disturbance> make_wiping_outage(const DisturbanceContext& context) {
  return std::make_unique<Outage>(context, true);
}

}  // namespace peerlab
