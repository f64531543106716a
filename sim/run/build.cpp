#include "sim/run/build.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analysis/measures/prices.h"
#include "models/base/check.h"
#include "models/base/random.h"
#include "models/network/access.h"
#include "models/network/affiliations.h"
#include "models/network/clocks.h"
#include "models/network/geography.h"
#include "models/network/network_model.h"
#include "models/network/places.h"
#include "models/protocols/sealing.h"
#include "sim/run/place_attacks.h"

namespace peerlab {

namespace {

std::vector<std::string> region_names() {
  std::vector<std::string> names;
  for (const Region& region : regions()) names.emplace_back(region.code);
  return names;
}

/// Who is there to be chosen by selectors.
Population population_of(const Scenario& scenario, std::uint64_t seed, const Layout& layout,
                         const NetworkModel& network, std::span<const std::pair<NodeId, NodeId>> links) {
  Population population(region_names());
  const Affiliations affiliations(scenario.machines, seed);
  const std::uint32_t users = scenario.users();
  for (std::uint32_t m = 0; m < network.machines.size(); ++m) {
    const MachineId machine = population.add_machine(network.machines[m].region);
    if (m < users) {
      population.set_affiliation(machine, affiliations.of(UserId(m)));
    } else {
      const ServiceMachine& service = layout.services[m - users];
      population.set_affiliation(machine, affiliations.of_service(service.owner, service.host, service.version));
    }
  }
  for (const Member& member : layout.members) {
    population.add_node(member.machine, member.role, member.store, member.user.valid());
  }
  std::vector<std::uint32_t> degree(network.machines.size());
  for (const auto& [a, b] : links) {
    const MachineId ma = layout.members[a.index()].machine;
    const MachineId mb = layout.members[b.index()].machine;
    if (ma == mb) continue;
    ++degree[ma.index()];
    ++degree[mb.index()];
  }
  for (std::uint32_t m = 0; m < degree.size(); ++m) population.set_degree(MachineId(m), degree[m]);
  return population;
}

/// Gives machines the names of the groups that choose them.
void make_groups(const Scenario& scenario, std::uint64_t seed, Population& population, Problems& problems) {
  for (std::uint32_t i = 0; i < scenario.groups.size(); ++i) {
    const GroupEntry& group = scenario.groups[i];
    const std::string path = "groups." + group.name;
    const Selected chosen =
        select_any(group.who, population, Lots{.seed = seed, .what = purpose("group"), .number = i});
    if (!chosen.error.empty()) {
      problems.push_back(problem_of(scenario, path, chosen.error));
      continue;
    }
    for (const MachineId machine : chosen.machines) {
      const std::uint32_t other = population.machines()[machine.index()].group;
      if (other != 0) {
        problems.push_back(problem_of(scenario, path,
                                      "Machine " + std::to_string(machine.value) + " is in the group `" +
                                          population.group_names()[other] + "` already; a machine is in one group."));
        break;
      }
      population.set_group(machine, group.name);
    }
  }
}

Cast cast_of(const Scenario& scenario, const SystemEntry& entry, std::uint64_t seed, const WorldPlan& plan,
             const Population& population, const System& system) {
  const Layout& layout = plan.layout;
  const NetworkModel& network = plan.network;
  Cast cast;
  cast.system = entry.name;
  cast.seed = seed;
  cast.regions = region_names();
  cast.groups = population.group_names();
  cast.machines = static_cast<std::uint32_t>(network.machines.size());
  for (const Population::Machine& machine : population.machines()) cast.belongs.push_back(machine.belongs);
  cast.users = scenario.users();
  cast.warmup = Time::zero() + scenario.warmup;
  cast.settle = scenario.settle;
  cast.energy = energy_prices(scenario.prices);
  cast.block_interval = system.block_interval();
  cast.retarget_interval = system.retarget_interval();
  cast.seals_private = seals_private(entry.params, scenario.protection);
  const std::vector<std::string> names = scenario.fault_names();
  for (std::size_t i = 0; i < scenario.timeline.size(); ++i)
    cast.faults.push_back({names[i], scenario.timeline[i].row->name});
  cast.open = layout.open;
  cast.powers = layout.powers;
  cast.nodes.reserve(layout.members.size());
  for (const Member& member : layout.members) {
    const auto known = std::find(cast.roles.begin(), cast.roles.end(), member.role);
    const auto role = static_cast<std::uint16_t>(known - cast.roles.begin());
    if (known == cast.roles.end()) cast.roles.emplace_back(member.role);
    cast.nodes.push_back({.machine = member.machine,
                          .region = network.machines[member.machine.index()].region,
                          .user = member.user,
                          .role = role,
                          .group = static_cast<std::uint16_t>(population.machines()[member.machine.index()].group),
                          .store = member.store,
                          .attacker = false,
                          .victim = false,
                          .hash_power = member.hash_power,
                          .asks = {}});
  }
  for (const auto& [a, b] : plan.links) {
    for (const auto& [asker, asked] : {std::pair{a, b}, std::pair{b, a}}) {
      CastNode& node = cast.nodes[asker.index()];
      if (node.user.valid() && !node.store && cast.nodes[asked.index()].store) node.asks.push_back(asked);
    }
  }
  return cast;
}

/// Machines that belong to no user stand where the system says, or where a further user would live.
void place_services(const Scenario& scenario, std::uint64_t seed, WorldPlan& plan) {
  const Places places(scenario.network, seed);
  for (const ServiceMachine& service : plan.layout.services) {
    Place place = places.of(UserId::of(plan.network.machines.size()));
    if (service.region.valid() || !service.access.empty()) {
      const int access = service.access.empty() ? place.access : find_access(service.access);
      CHECK_SAYING(access >= 0, "a system names an access profile that does not exist");
      place = places.at(service.region.valid() ? service.region : place.region, static_cast<std::uint8_t>(access));
    }
    plan.network.machines.push_back(place);
  }
}

/// Backups that are wanted, but first taken when the disks are gone already.
void check_backups(const Scenario& scenario, const SystemEntry& entry, std::uint64_t seed, const Built& built,
                   Problems& problems) {
  if (entry.protocol->first_backup == nullptr) return;
  const Duration first = entry.protocol->first_backup(entry.params);
  for (std::uint32_t i = 0; i < scenario.timeline.size() && first.ns > 0; ++i) {
    const TimelineEntry& fault = scenario.timeline[i];
    if (!fault.row->takes_disks || !fault.strikes(entry.name) || fault.at > Time::zero() + first) continue;
    const Lots lots{.seed = seed, .what = purpose("disturbance"), .number = i, .occurrence = 0, .bytes_moved = {}};
    for (const NodeId node : built.population.nodes_on(select_any(fault.selectors, built.population, lots).machines)) {
      if (!built.plan.layout.members[node.index()].store) continue;
      problems.push_back(problem_of(
          scenario, "systems." + entry.name + ".backup_every",
          "The first backup of `" + entry.name + "` is taken after " + write_duration(first) + ", but `" +
              scenario.fault_names()[i] + "` wipes a server at " + write_duration(fault.at - Time::zero()) +
              ": nothing could be restored. Take backups more often, let the fault come later, or leave `backup_every` "
              "out to go without."));
      return;
    }
  }
}

}  // namespace

std::uint64_t replication_seed(std::uint64_t scenario_seed, std::uint32_t r) {
  return mix64(mix64(scenario_seed + 0x9e3779b97f4a7c15ULL) + (std::uint64_t{r} + 1) * 0xd1b54a32d192ed03ULL);
}

std::unique_ptr<Built> build(const Scenario& scenario, const SystemEntry& entry, std::uint64_t seed,
                             const RunModes& modes, Problems& problems) {
  auto built = std::make_unique<Built>();
  SystemSetup setup;
  setup.seed = seed;
  setup.users = scenario.users();
  setup.params = entry.params;
  setup.protection = scenario.protection;
  setup.duration = scenario.duration;
  setup.regions = static_cast<std::uint32_t>(region_count);
  built->system = entry.protocol->make(setup);

  WorldPlan& plan = built->plan;
  plan.seed = seed;
  plan.system = built->system.get();
  plan.layout = built->system->layout();
  plan.network = make_network(scenario.network, seed);
  place_services(scenario, seed, plan);
  if (plan.layout.own_edges) {
    plan.links = plan.layout.edges;
  } else {
    const std::vector<NodeId>& in_graph = plan.layout.in_graph;
    Params network = scenario.network;
    if (!in_graph.empty()) CHECK(network.set("users", std::to_string(in_graph.size())).empty());
    const Parsed<Graph> graph = make_graph(network, seed);
    if (!graph) {
      const std::string among =
          in_graph.empty() ? ""
                           : " (among the " + std::to_string(in_graph.size()) + " full peers of `" + entry.name + "`)";
      problems.push_back(problem_of(scenario, "network.topology", graph.error + among));
      return nullptr;
    }
    const auto node = [&](std::uint32_t i) { return in_graph.empty() ? NodeId(i) : in_graph[i]; };
    plan.links.reserve(graph.value->edges().size() + plan.layout.edges.size());
    for (const Edge& edge : graph.value->edges()) plan.links.emplace_back(node(edge.from), node(edge.to));
    plan.links.insert(plan.links.end(), plan.layout.edges.begin(), plan.layout.edges.end());
  }
  const std::size_t before = problems.size();
  built->population = population_of(scenario, seed, plan.layout, plan.network, plan.links);
  make_groups(scenario, seed, built->population, problems);
  if (problems.size() > before) return nullptr;
  built->cast = cast_of(scenario, entry, seed, plan, built->population, *built->system);

  for (const TimelineProblem& problem :
       check_selectors(scenario.timeline, built->population, seed, Time::zero() + scenario.duration)) {
    if (!scenario.timeline[problem.entry].strikes(entry.name)) continue;
    problems.push_back(
        problem_of(scenario, "timeline." + std::to_string(problem.entry) + "." + problem.field, problem.sentence));
  }
  if (problems.size() == before) check_backups(scenario, entry, seed, *built, problems);
  place_attacks(scenario, entry, seed, *built, problems);
  if (problems.size() > before) return nullptr;
  std::vector<NodeId> attackers;
  for (const AttackOn& attack : plan.attacks) {
    if (attackers.empty() || attackers.back() != attack.node) attackers.push_back(attack.node);
  }
  built->system->note_attackers(attackers);

  WorkloadContext demand{
      .seed = seed, .users = scenario.users(), .end = Time::zero() + scenario.duration, .settle = scenario.settle};
  for (std::uint32_t u = 0; u < demand.users; ++u) {
    demand.clocks.push_back(clock_of(plan.network.machines[u].region));  // the machine of user i is machine i
  }
  built->requests = draw_workload(scenario.workload, demand);

  plan.costs = CostTable::from(scenario.cpu);
  plan.keys =
      draw_key_copies(seed, scenario.users(), static_cast<std::uint32_t>(scenario.protection.whole("key_copies")));
  plan.requests = built->requests;
  plan.timeline = scenario.timeline;
  for (const TimelineEntry& line : scenario.timeline) plan.spared.push_back(!line.strikes(entry.name));
  if (scenario.timeline.empty()) built->population = Population();  // nobody else chooses among them
  plan.population = &built->population;
  plan.end = Time::zero() + scenario.duration;
  plan.settle = scenario.settle;
  plan.stop_blocks = scenario.stop_blocks;
  plan.checkpoint_every = std::max(scenario.duration / 64, seconds(1));
  plan.private_pools = modes.private_pools;
  if (modes.shuffle_ties) plan.ties.shuffle_seed = seed;
  return built;
}

}  // namespace peerlab
