// From a scenario to one world: people, links, machines, demand and cast of one (system, replication).
//
// Each step is a function of the scenario and the replication's seed alone. So replication r of every system has the same
// users in the same places, the same links where systems use the network's graph, the same workload and the same faults.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "analysis/observation/cast.h"
#include "models/disturbances/population.h"
#include "models/node/request.h"
#include "sim/scenario/problem.h"
#include "sim/scenario/scenario.h"
#include "sim/world/world_plan.h"

namespace peerlab {

/// The seed of replication `r`, from the scenario's. Far apart, so that neighbouring scenario seeds share no replication.
std::uint64_t replication_seed(std::uint64_t scenario_seed, std::uint32_t r);

/// Modes that a test compares with the ordinary one.
struct RunModes {
  bool private_pools = false;  ///< every node validates for itself, messages are really encoded
  bool shuffle_ties = false;   ///< another order among events of equal time and class
};

/// All that one world needs, owned. Does not move: the plan points into it.
struct Built {
  std::unique_ptr<System> system;
  std::vector<Request> requests;
  Population population;
  Cast cast;
  WorldPlan plan;

  Built() = default;
  Built(const Built&) = delete;
  Built& operator=(const Built&) = delete;
};

/// Builds one world. Problems (a selector that matches nobody, a graph that cannot be) name their place in the scenario;
/// then there is no world.
std::unique_ptr<Built> build(const Scenario& scenario, const SystemEntry& entry, std::uint64_t seed,
                             const RunModes& modes, Problems& problems);

}  // namespace peerlab
