// What befalls machines and links: one entry of a scenario's `timeline:` and the kinds of entry there are.
//
//   - {at: 4 h, for: 30 min, partition: [region=EU, rest], name: eu-cut}
//   - {at: 1 h, every: 6 h, for: 10 min, crash: random 5 % of role=peer}
//
// An entry begins at `at`, again after every `every`, and lasts `for`; without `for` nothing undoes it. A disturbance is
// begun and ended by whoever keeps the clock; it acts on the `Afflictions` of the run and keeps what it has to undo. One
// whose machines come and go in between (churn) says in advance at which instants it wants to act: they are drawn before
// the run, from the seed alone, so that the same machines leave at the same instants in every system.
//
// More users who ask for more is not a disturbance of machines but demand: a line of the workload has a `burst` for that.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/base/field.h"
#include "models/base/time.h"
#include "models/disturbances/afflictions.h"
#include "models/disturbances/population.h"
#include "models/disturbances/selector.h"

namespace peerlab {

/// One occurrence of one entry.
class Disturbance {
 public:
  virtual ~Disturbance() = default;
  virtual void begin(Afflictions& on) = 0;
  virtual void end(Afflictions& on) = 0;
  /// The k-th of the instants that the row's `moments` gave for this occurrence.
  virtual void act(Afflictions& on, std::uint32_t k);
};

/// What a disturbance is made of.
struct DisturbanceContext {
  const Params& params;
  std::uint32_t number = 0;             ///< of the entry in the timeline; names its cuts and its hold on machines
  std::span<const MachineId> machines;  ///< who is chosen, in rising order; empty for a row with sides
  std::span<const std::uint8_t> sides;  ///< per machine its side from 1, 0 for none; only for a row with sides
  std::uint64_t seed = 0;
  std::uint32_t occurrence = 0;  ///< from 0
  Time begin;                    ///< of this occurrence
  Time end;                      ///< of this occurrence, or of the run if that comes first
};

/// The keys of a row that has none of its own.
inline Fields no_fields() { return {}; }

/// A kind of disturbance.
struct DisturbanceRow {
  std::string name{};  ///< the key of a timeline entry: `partition`
  std::string sentence{};
  Fields (*fields)() = no_fields;  ///< keys beside at, for, every and name
  bool has_sides = false;          ///< takes a list of at least two selectors as sides
  bool until_at = false;           ///< lasts from the start of the run until `at`; takes neither `for` nor `every`
  bool at_once = false;            ///< has no duration: takes no `for`
  bool for_good = false;           ///< nothing undoes it: takes neither `for` nor `every`
  std::size_t fewest = 1;          ///< machines it needs to do anything
  bool takes_disks = false;        ///< what the machines had stored is gone
  /// Problem of parameters that are fine one by one: {field, sentence}, both empty when all is well.
  std::pair<std::string, std::string> (*check)(const Params&) = nullptr;
  std::unique_ptr<Disturbance> (*make)(const DisturbanceContext&) = nullptr;
  /// For a row that acts between begin and end: when, in rising order, after `begin` and before `end`.
  std::vector<Time> (*moments)(const DisturbanceContext&) = nullptr;
  /// How many such moments there will be on average, for one machine and this long.
  double (*expected_moments)(const Params&, Duration) = nullptr;
};

}  // namespace peerlab
