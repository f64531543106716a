#include "models/disturbances/population.h"

#include <algorithm>
#include <array>
#include <utility>

#include "models/base/check.h"

namespace peerlab {

namespace {

/// Index of `name` in `names`, added at the end if it is not there.
std::size_t index_of(std::vector<std::string>& names, std::string_view name) {
  const auto it = std::find(names.begin(), names.end(), name);
  if (it != names.end()) return static_cast<std::size_t>(it - names.begin());
  names.emplace_back(name);
  return names.size() - 1;
}

}  // namespace

Population::Population(std::vector<std::string> regions) : regions_(std::move(regions)), groups_{""} {}

MachineId Population::add_machine(RegionId region, std::string_view group) {
  CHECK(!region.valid() || region.index() < regions_.size());
  Machine machine;
  machine.region = region;
  machine.group = static_cast<std::uint32_t>(index_of(groups_, group));
  const auto number = static_cast<std::uint32_t>(machines_.size());
  machine.belongs = {.owner = number, .host = homes_first + number, .version = 0};
  machines_.push_back(machine);
  return MachineId::of(machines_.size() - 1);
}

NodeId Population::add_node(MachineId machine, std::string_view role, bool store, bool user) {
  CHECK(machine.index() < machines_.size());
  std::uint64_t& roles = machines_[machine.index()].roles;
  roles |= std::uint64_t{1} << index_of(roles_, role);
  if (store) roles |= std::uint64_t{1} << index_of(roles_, "store");
  if (user) roles |= std::uint64_t{1} << index_of(roles_, "user");
  CHECK(roles_.size() <= 64);
  machine_of_.push_back(machine);
  return NodeId::of(machine_of_.size() - 1);
}

void Population::set_degree(MachineId machine, std::uint32_t degree) {
  CHECK(machine.index() < machines_.size());
  machines_[machine.index()].degree = degree;
}

void Population::set_affiliation(MachineId machine, const Affiliation& belongs) {
  CHECK(machine.index() < machines_.size());
  machines_[machine.index()].belongs = belongs;
}

void Population::set_group(MachineId machine, std::string_view group) {
  CHECK(machine.index() < machines_.size());
  machines_[machine.index()].group = static_cast<std::uint32_t>(index_of(groups_, group));
}

std::vector<NodeId> Population::nodes_on(std::span<const MachineId> machines) const {
  std::vector<bool> chosen(machines_.size(), false);
  for (const MachineId machine : machines) chosen[machine.index()] = true;
  std::vector<NodeId> nodes;
  for (std::size_t n = 0; n < machine_of_.size(); ++n) {
    if (chosen[machine_of_[n].index()]) nodes.push_back(NodeId::of(n));
  }
  return nodes;
}

std::string region_code(std::string_view name) {
  std::string capitals;
  for (const char c : name) {
    if (c == '_' || c == '-') {
      capitals.push_back(' ');
    } else {
      capitals.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
  }
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> long_forms = {{
      {"NORTH AMERICA", "NA"},
      {"EUROPE", "EU"},
      {"SOUTH AMERICA", "SA"},
      {"ASIA PACIFIC", "AS"},
      {"ASIA", "AS"},
      {"JAPAN", "JP"},
      {"AUSTRALIA", "AU"},
  }};
  for (const auto& [long_form, code] : long_forms) {
    if (capitals == long_form) return std::string(code);
  }
  return capitals;
}

}  // namespace peerlab
