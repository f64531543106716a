// What befalls machines and links: one entry of a scenario's `timeline:` and the kinds of entry there are.
//
//   - {at: 4 h, for: 30 min, partition: [region=EU, rest], name: eu-cut}
//   - {at: 1 h, every: 6 h, for: 10 min, crash: random 5 % of role=peer}
//
// An entry begins at `at`, again after every `every`, and lasts `for`; without `for` nothing undoes it. A disturbance is
// begun and ended by whoever keeps the clock; it acts on the `Afflictions` of the run and keeps what it has to undo.
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
};

/// What a disturbance is made of.
struct DisturbanceContext {
  const Params& params;
  std::uint32_t number = 0;             ///< of the entry in the timeline; names its cuts and its hold on machines
  std::span<const MachineId> machines;  ///< who is chosen, in rising order; empty for a row with sides
  std::span<const std::uint8_t> sides;  ///< per machine its side from 1, 0 for none; only for a row with sides
};

/// A kind of disturbance.
struct DisturbanceRow {
  std::string name{};  ///< the key of a timeline entry: `partition`
  std::string sentence{};
  Fields (*fields)() = nullptr;  ///< keys beside at, for, every and name
  bool has_sides = false;        ///< takes a list of at least two selectors as sides
  bool until_at = false;         ///< lasts from the start of the run until `at`; takes neither `for` nor `every`
  bool at_once = false;          ///< has no duration: takes no `for`
  /// Problem of parameters that are fine one by one: {field, sentence}, both empty when all is well.
  std::pair<std::string, std::string> (*check)(const Params&) = nullptr;
  std::unique_ptr<Disturbance> (*make)(const DisturbanceContext&) = nullptr;
};

}  // namespace peerlab
