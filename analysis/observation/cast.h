// Who plays in a run: what a measure may know besides the rows. Made by the host before the first event.
//
// A node is on line from time 0 until a row `machine down` names it, and again from `machine up` on; the world tells one
// such row per node of the machine. A machine that joins later is told down at time 0.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/base/affiliation.h"
#include "models/base/ids.h"
#include "models/base/thin_vector.h"
#include "models/base/time.h"
#include "models/node/power.h"

namespace peerlab {

/// One participant.
struct CastNode {
  MachineId machine;
  RegionId region;
  UserId user;              ///< whose requests enter the system here; none for a server
  std::uint16_t role = 0;   ///< place in Cast::roles
  std::uint16_t group = 0;  ///< place in Cast::groups
  bool store = true;        ///< keeps other people's records: the role `store`
  bool attacker = false;    ///< wrapped by an attack: no store for any measure
  bool victim = false;      ///< an attack is meant for it; marked in every system, attacked there or not
  double hash_power = 0;    ///< modelled hashes per second; 0 does not mine
  /// Of a user's node that keeps no copy: the stores that it is linked to at the start, whom it can ask.
  ThinVector<NodeId> asks{};
};

/// A line of the timeline. Rows `fault began` and `fault ended` name it by its place here.
struct CastFault {
  std::string name;  ///< the user's name for it; unique
  std::string what;  ///< the disturbance, such as `partition`
};

/// What energy costs, for joules. Each is an assumption that a report states.
struct EnergyPrices {
  double joules_per_hash = 3e-11;     ///< 30 J per terahash: mining hardware of 2020-22 by its data sheets
  double joules_per_cpu_second = 15;  ///< one busy core of a server, an assumption
  double joules_per_byte =
      2.16e-4;  ///< 0.06 kWh per GB over fixed lines (Aslan et al. 2018, J. Ind. Ecol. 22, for 2015)
};

struct Cast {
  std::string system;      ///< its name in the scenario
  std::uint64_t seed = 0;  ///< of the replication, the same for every system: for draws such as who probes
  std::vector<std::string> roles;
  std::vector<std::string> regions;
  std::vector<std::string> groups;
  std::vector<CastNode> nodes;    ///< by NodeId
  std::vector<CastFault> faults;  ///< by number in the timeline
  std::uint32_t machines = 0;
  std::vector<Affiliation> belongs;  ///< by MachineId: whose it is, where it stands, what it runs
  std::uint32_t users = 0;
  Time warmup;                          ///< what was issued or mined before it is not sampled
  Duration settle{};                    ///< what was issued or mined within it before the end is not sampled
  Duration block_interval{};            ///< expected; 0 for a system without blocks
  std::uint32_t retarget_interval = 0;  ///< blocks between changes of the difficulty; 0: it never changes
  bool open = false;                    ///< whoever joins is sent a full copy
  std::vector<Power> powers;            ///< what whoever holds enough nodes can do, by the system's rules
  bool seals_private = false;  ///< private records are sealed to their owner, and sealed again when they are given away
  EnergyPrices energy;
};

}  // namespace peerlab
