// What lies on each machine at present, so that disturbances may overlap.
//
// A machine is off while at least one disturbance holds it down; it comes back when the last one lets go. Degradations of
// one machine multiply. Without this bookkeeping the end of a short outage would revive a machine in the middle of a
// longer one. Each hold is named by the number of its entry.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "models/base/ids.h"
#include "models/node/machines.h"

namespace peerlab {

class Afflictions {
 public:
  Afflictions(Machines& machines, std::size_t machine_count);

  /// Power off, and held down by `number`.
  void hold_down(MachineId machine, std::uint32_t number);
  /// The same, and its disk is gone.
  void hold_wiped(MachineId machine, std::uint32_t number);
  /// Off for good, held down by `number`, and all it held is out of reach.
  void take_away(MachineId machine, std::uint32_t number);
  /// The backup of a machine, where it can be reached from there.
  void destroy_backup(MachineId machine) { machines_.destroy_backup(machine); }
  /// `number` lets go; the machine restarts when nobody else holds it. Does nothing when `number` does not hold it.
  void let_go(MachineId machine, std::uint32_t number);
  /// Everybody lets go and the machine restarts; one that was running is switched off and on.
  void restart(MachineId machine);

  /// Lays a degradation on a machine, in place of the one `number` had laid on it.
  void degrade(MachineId machine, std::uint32_t number, const Degradation& how);
  void relieve(MachineId machine, std::uint32_t number);

  /// Separates the sides (from 1; 0: in none) until `heal`.
  void cut(std::uint32_t number, std::span<const std::uint8_t> side_of_machine, CutShape shape = CutShape::sides);
  /// Separates each of these machines from everybody else, one another included.
  void isolate(std::uint32_t number, std::span<const MachineId> machines);
  /// Leads astray what passes between the sides (from 1; 0: in none) until `direct`.
  void detour(std::uint32_t number, std::span<const std::uint8_t> side_of_machine, const Detour& how) {
    machines_.detour(number, side_of_machine, how);
  }
  void direct(std::uint32_t number) { machines_.end_detour(number); }
  /// Undoes cut or isolate of that number.
  void heal(std::uint32_t number);

  [[nodiscard]] std::size_t machine_count() const { return of_.size(); }
  [[nodiscard]] bool held(MachineId machine) const { return !of_[machine.index()].holders.empty(); }

 private:
  struct Burden {
    std::uint32_t number = 0;
    Degradation how;
  };
  struct OnMachine {
    std::vector<std::uint32_t> holders;
    std::vector<Burden> burdens;
  };
  void apply(MachineId machine);

  Machines& machines_;
  std::vector<OnMachine> of_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> cuts_{};  ///< (number, how many cuts of the port it took)
};

}  // namespace peerlab
