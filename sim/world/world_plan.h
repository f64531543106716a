// Everything that one run is made of: the value that sim/run builds and a World carries out.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analysis/observation/audit.h"
#include "analysis/observation/observer.h"
#include "analysis/observation/totals.h"
#include "models/attacks/attack.h"
#include "models/disturbances/timeline.h"
#include "models/network/network_model.h"
#include "models/node/request.h"
#include "models/protocols/protocol.h"
#include "sim/engine/event_queue.h"
#include "sim/world/cost_table.h"
#include "sim/world/digest.h"
#include "sim/world/key_custody.h"
#include "sim/world/profile.h"

namespace peerlab {

/// A node that is wrapped by an attacker.
struct AttackOn {
  NodeId node;
  const AttackRow* row = nullptr;
  Params params;
  std::vector<NodeId> attackers{};  ///< all of the same line of the scenario, this one among them
  std::vector<NodeId> victims{};    ///< whom that line is meant for
};

/// An attack on machines.
struct DirectedAttack {
  const AttackRow* row = nullptr;
  DirectorSetup setup;
};

struct WorldPlan {
  std::uint64_t seed = 0;  ///< of the replication
  System* system = nullptr;
  Layout layout;                                 ///< of `system`
  NetworkModel network;                          ///< machine m at network.machines[m]
  std::vector<std::pair<NodeId, NodeId>> links;  ///< open at time zero; the first asked for it
  CostTable costs;
  std::span<const Request> requests;  ///< sorted by instant
  std::span<const TimelineEntry> timeline;
  std::vector<bool> spared;                ///< by entry: it does not happen in this system; empty: all do
  const Population* population = nullptr;  ///< for the timeline's selectors
  std::vector<AttackOn> attacks;           ///< by node, and of one node from the honest peer outwards
  std::vector<DirectedAttack> directed;
  Audience* audience = nullptr;  ///< null: nobody watches
  Profile* profile = nullptr;    ///< gets the host's times; null: nobody looks at a clock
  std::vector<KeyCopy> keys;     ///< where users' secret keys lie; none: on their own machines
  /// Told what an auditor finds every `audit_every`, before each fault if that is asked for, and at the end. Empty: no audits.
  std::function<void(const Audit&)> audited;
  Duration audit_every = hours(1);  ///< 0: only at the end and before faults
  bool audit_before_faults = false;
  bool audit_opens = false;       ///< auditors try the owner's key on every sealed content that they meet: once each
  Time end;                       ///< events before it are handled
  Duration settle{};              ///< how long the run goes on after `stop_blocks`
  std::uint32_t stop_blocks = 0;  ///< 0: the run ends at `end`; otherwise the lottery stops after so many blocks
  Duration checkpoint_every = hours(1);
  bool private_pools = false;  ///< each node validates for itself and messages really are encoded: slow, for tests
  TieOrder ties;
  /// Asked every few thousand events with the simulated time and the number of events so far; false interrupts the run.
  std::function<bool(Time now, std::uint64_t events)> keep_going;
};

struct WorldOutcome {
  bool interrupted = false;
  Time end;  ///< when the run really ended
  std::uint64_t digest = 0;
  std::vector<Checkpoint> checkpoints;  ///< the last one is the end's
  std::uint64_t events = 0;
  std::uint64_t blocks_mined = 0;
  Totals totals;
};

}  // namespace peerlab
