// What disturbances and attackers can do to machines and links. The world implements it; a disturbance only asks.
#pragma once

#include <cstdint>
#include <span>

#include "models/base/cut_shape.h"
#include "models/base/ids.h"
#include "models/base/time.h"

namespace peerlab {

/// Changes to the links and the network interface of a machine: factors on what it had at the start.
struct Degradation {
  double latency_factor = 1;
  double bandwidth_factor = 1;
  double loss = 0;  ///< additional probability that a message is lost
};

/// What happens to messages that somebody leads astray on their way.
struct Detour {
  Duration delay{};  ///< how much later they arrive
  double loss = 0;   ///< probability that one never does
};

class Machines {
 public:
  virtual ~Machines() = default;
  /// Power off: memory is lost, the disk keeps what was synced. Does nothing when it is off already.
  virtual void crash(MachineId machine) = 0;
  /// Power on again with what the disk kept.
  virtual void restart(MachineId machine) = 0;
  /// The disk is gone; the machine goes off if it was on.
  virtual void wipe(MachineId machine) = 0;
  /// Its backup is gone, if one can reach it from the machine: not where it lies off line.
  virtual void destroy_backup(MachineId machine) = 0;
  /// Whoever owns it goes away for good and takes everything along: the machine goes off, its disk and all of its backups are
  /// out of reach. Keys of users that lay there are not lost: their owners have them with them.
  virtual void leave(MachineId machine) = 0;
  /// Between machines of different groups passes only what the shape lets through, until the cut of that number is healed.
  /// Group 0 is "in no group": such machines keep all their links. Several cuts may overlap; a message passes when no cut
  /// forbids it. A link over which neither way is free is closed; one with a single free way stays, and what goes the other way
  /// is lost. The groups are one per machine in the order of their numbers; the span need not outlive the call.
  virtual void cut(std::uint32_t number, std::span<const std::uint8_t> group_of_machine, CutShape shape) = 0;
  virtual void heal(std::uint32_t number) = 0;
  virtual void degrade(MachineId machine, const Degradation& how) = 0;
  /// Messages between machines of different groups (0: in none) make a detour until that one is ended. Links stay open, and
  /// nobody is told. Several detours of one way add up.
  virtual void detour(std::uint32_t number, std::span<const std::uint8_t> group_of_machine, const Detour& how) = 0;
  virtual void end_detour(std::uint32_t number) = 0;
  /// Bytes it has sent and received since the start of the run.
  [[nodiscard]] virtual std::uint64_t bytes_moved(MachineId machine) const = 0;
};

}  // namespace peerlab
