// An attack on machines: somebody who breaks into them, with timers and state of his own.
//
// A director plays no node. The host wakes it at the instants that it asks for, and it acts through its Reach: it looks at disks and
// into memories, takes over nodes, edits and wipes disks, and asks for things as the operator of a machine. What it can do is what
// somebody could who sits at the machine: it never learns what lies on others, and messages still take their way.
//
// To seize a node is to put a wrapper around it (attack.h), in place: the honest node goes on inside with the state that it has, and
// its `start` is not called again until the machine restarts. The wrapper stays through restarts. One that attacks for a while only
// looks at a state that it shares with its director.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "models/base/affiliation.h"
#include "models/base/field.h"
#include "models/node/happening.h"
#include "models/node/machines.h"
#include "models/node/node.h"
#include "models/protocols/protocol.h"

namespace peerlab {

/// Puts an attacker in place of the node that runs.
using Seizure = std::function<std::unique_ptr<Node>(std::unique_ptr<Node> honest, const Home& home)>;

/// What a director can do and see. The world implements it.
class Reach {
 public:
  virtual ~Reach() = default;
  [[nodiscard]] virtual Time now() const = 0;
  [[nodiscard]] virtual const Layout& layout() const = 0;
  [[nodiscard]] virtual std::uint32_t machine_count() const = 0;
  /// Links of its nodes to other machines at the start.
  [[nodiscard]] virtual std::uint32_t degree(MachineId machine) const = 0;
  [[nodiscard]] virtual std::uint64_t seed() const = 0;
  /// The demand, by number: whose a record is and whether it is private, which every copy of it says in the clear.
  [[nodiscard]] virtual std::span<const Request> requests() const = 0;

  [[nodiscard]] virtual bool on(MachineId machine) const = 0;
  /// Shows what lies on a machine: disk, memory of what runs there, secret keys. False, and nothing but keys is shown, when the
  /// disk is encrypted and the key to it is in nobody's memory there.
  virtual bool read(MachineId machine, HoldingsSink& sink) = 0;
  /// The same of its backup.
  virtual bool read_backup(MachineId machine, HoldingsSink& sink) = 0;
  /// Shows what whoever joins is sent: a full copy where the layout is open, otherwise nothing.
  virtual void join(HoldingsSink& sink) = 0;

  /// Shows what stores that are on give to these users: he joins, or logs in, with their keys.
  virtual void ask_as(std::span<const UserId> owners, HoldingsSink& sink) = 0;

  /// Takes over every node of the machine, now and after each restart.
  virtual void seize(MachineId machine, const Seizure& how) = 0;
  /// Power and cuts (models/node/machines.h).
  virtual Machines& machines() = 0;
  /// The disk with its backup, to be kept and put back later.
  [[nodiscard]] virtual const Disk& disk(MachineId machine) const = 0;
  /// Puts a disk in place of the machine's, which must be off. Backups stay where they are.
  virtual void put_disk(MachineId machine, std::span<const DiskEntry> entries) = 0;
  /// Somebody who sits at the machine asks the node for something, in his own name or another's. The node decides what it does.
  /// Numbers begin at `first_forged`.
  virtual void submit(NodeId node, const Request& request) = 0;

  /// Wakes this director at `at`; a later call adds another instant.
  virtual void arm(Time at) = 0;
  /// Told to whoever measures; `who` may be nobody.
  virtual void report(NodeId who, const Happening& what) = 0;
};

/// Operations that no user asked for are numbered from here, so that they are never taken for one of the workload.
inline constexpr std::uint32_t first_forged = 0x80000000;

class Director {
 public:
  virtual ~Director() = default;
  /// Before the first event. Asks to be woken.
  virtual void begin(Reach& reach) = 0;
  virtual void wake(Time now, Reach& reach) = 0;
};

/// What a director is made from.
struct DirectorSetup {
  Params params;
  std::vector<MachineId> among;        ///< the machines that it may choose from, in rising order
  std::vector<Affiliation> belongs{};  ///< by MachineId: what falls at one stroke; empty: every machine by itself
  std::vector<NodeId> victims;         ///< whom `victim` chose, in rising order; nobody where the line names no victim
  std::uint32_t line = 0;              ///< its place among the attacks
};

}  // namespace peerlab
