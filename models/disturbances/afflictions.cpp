#include "models/disturbances/afflictions.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {

namespace {
constexpr std::uint32_t cuts_per_number = 4;
constexpr std::size_t groups = 255;  // 1 .. 255; 0 is "in no group"
}  // namespace

Afflictions::Afflictions(Machines& machines, std::size_t machine_count) : machines_(machines), of_(machine_count) {}

void Afflictions::hold_down(MachineId machine, std::uint32_t number) {
  std::vector<std::uint32_t>& holders = of_[machine.index()].holders;
  if (std::find(holders.begin(), holders.end(), number) == holders.end()) holders.push_back(number);
  machines_.crash(machine);
}

void Afflictions::hold_wiped(MachineId machine, std::uint32_t number) {
  hold_down(machine, number);
  machines_.wipe(machine);
}

void Afflictions::take_away(MachineId machine, std::uint32_t number) {
  hold_down(machine, number);
  machines_.leave(machine);
}

void Afflictions::let_go(MachineId machine, std::uint32_t number) {
  std::vector<std::uint32_t>& holders = of_[machine.index()].holders;
  if (std::erase(holders, number) > 0 && holders.empty()) machines_.restart(machine);
}

void Afflictions::restart(MachineId machine) {
  of_[machine.index()].holders.clear();
  machines_.crash(machine);
  machines_.restart(machine);
}

void Afflictions::apply(MachineId machine) {
  Degradation together;
  double arrives = 1;  // probability that a message survives all of them
  for (const Burden& burden : of_[machine.index()].burdens) {
    together.latency_factor *= burden.how.latency_factor;
    together.bandwidth_factor *= burden.how.bandwidth_factor;
    arrives *= 1 - burden.how.loss;
  }
  together.loss = 1 - arrives;
  machines_.degrade(machine, together);
}

void Afflictions::degrade(MachineId machine, std::uint32_t number, const Degradation& how) {
  std::vector<Burden>& burdens = of_[machine.index()].burdens;
  std::erase_if(burdens, [&](const Burden& burden) { return burden.number == number; });
  burdens.push_back({number, how});
  apply(machine);
}

void Afflictions::relieve(MachineId machine, std::uint32_t number) {
  std::vector<Burden>& burdens = of_[machine.index()].burdens;
  if (std::erase_if(burdens, [&](const Burden& burden) { return burden.number == number; }) > 0) apply(machine);
}

void Afflictions::cut(std::uint32_t number, std::span<const std::uint8_t> side_of_machine, CutShape shape) {
  CHECK(side_of_machine.size() == of_.size());
  heal(number);
  machines_.cut(number * cuts_per_number, side_of_machine, shape);
  cuts_.emplace_back(number, 1);
}

// A cut knows 255 groups, and each of these machines needs one of its own. So machine i of them (from 1; all others are 0)
// is written in digits to base 255, and each digit gets a cut: two different machines differ in some digit.
void Afflictions::isolate(std::uint32_t number, std::span<const MachineId> machines) {
  heal(number);
  std::uint32_t cuts = 0;
  for (std::size_t left = machines.size(), unit = 1; left > 0; left /= groups, unit *= groups) {
    std::vector<std::uint8_t> group(of_.size(), 1);
    for (std::size_t i = 0; i < machines.size(); ++i) {
      group[machines[i].index()] = static_cast<std::uint8_t>(1 + (i + 1) / unit % groups);
    }
    CHECK(cuts < cuts_per_number);
    machines_.cut(number * cuts_per_number + cuts, group, CutShape::sides);
    ++cuts;
  }
  cuts_.emplace_back(number, cuts);
}

void Afflictions::heal(std::uint32_t number) {
  const auto it = std::find_if(cuts_.begin(), cuts_.end(), [&](const auto& cut) { return cut.first == number; });
  if (it == cuts_.end()) return;
  for (std::uint32_t i = 0; i < it->second; ++i) machines_.heal(number * cuts_per_number + i);
  cuts_.erase(it);
}

}  // namespace peerlab
