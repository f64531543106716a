// One world and those who watch it, ready to run: what a run, and the estimate of one, begin with.
#pragma once

#include <memory>
#include <vector>

#include "analysis/measures/event_log.h"
#include "analysis/measures/known_trees.h"
#include "analysis/measures/measure.h"
#include "analysis/measures/recorder.h"
#include "sim/run/build.h"

namespace peerlab {

/// With so few nodes every message is drawn.
inline constexpr std::size_t most_nodes_to_draw = 100;

/// Does not move: the plan points to the audience, and its audits go to the measures.
struct Staged {
  std::unique_ptr<Built> built;
  std::vector<std::unique_ptr<Measure>> measures;
  std::vector<Measure*> auditing;
  Audience audience;
  KnownTrees trees;      ///< told only when the scenario records them
  Recorder recorder;     ///< told only when `records`
  bool records = false;  ///< the first replication, where it is small or the scenario asks for a replay
  EventLog log;          ///< told only when `logs`
  bool logs = false;     ///< records, and either the run is very small or the scenario asks for a trace
};

/// Builds the world of one (system, seed) with the scenario's measures. Null with problems, as build() has it.
std::unique_ptr<Staged> stage(const Scenario& scenario, const SystemEntry& system, std::uint64_t seed,
                              const RunModes& modes, Problems& problems);

}  // namespace peerlab
