// A director that does one thing: when its time has come, it takes its machines and puts a wrapper on their nodes.
#pragma once

#include <utility>

#include "models/attacks/targets.h"

namespace peerlab {

class Seizing final : public Director {
 public:
  /// `seizure` is asked for once, when the attack begins.
  using Plan = std::function<Seizure(Reach& reach, const Targets& targets)>;
  Seizing(const DirectorSetup& setup, Plan plan) : targets_(setup), plan_(std::move(plan)) {}

  void begin(Reach& reach) override { reach.arm(targets_.begins()); }
  void wake(Time, Reach& reach) override {
    const Seizure seizure = plan_(reach, targets_);
    for (const MachineId machine : targets_.take(reach)) reach.seize(machine, seizure);
  }

 private:
  Targets targets_;
  Plan plan_;
};

}  // namespace peerlab
