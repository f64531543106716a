// Who is there to be chosen: for every machine its roles, region, group, owner, host, version and degree, and which nodes run
// on it.
//
// Besides its own name every participant that keeps others' records has the role `store`, and every one at which a user
// sits the role `user`, whatever the system calls them, so that one timeline can name the same kind of victim in a chain of
// peers and in a client-server system.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/base/affiliation.h"
#include "models/base/ids.h"

namespace peerlab {

class Population {
 public:
  struct Machine {
    std::uint64_t roles = 0;   ///< bit r: a node of role_names()[r] runs here
    RegionId region;           ///< row of region_names()
    std::uint32_t group = 0;   ///< row of group_names(); row 0 is "", no group
    std::uint32_t degree = 0;  ///< links of its nodes to other machines at the start
    Affiliation belongs;       ///< unless told: an owner, a home of its own, the first version
  };

  /// `regions`: the names of the region table, in its order.
  explicit Population(std::vector<std::string> regions = {});

  /// Machines are numbered from 0 in the order of these calls.
  MachineId add_machine(RegionId region = {}, std::string_view group = "");
  /// Nodes too. `role`, `store` if it keeps others' records and `user` if a person sits there are added to the machine's
  /// roles.
  NodeId add_node(MachineId machine, std::string_view role, bool store, bool user = false);
  void set_degree(MachineId machine, std::uint32_t degree);
  void set_affiliation(MachineId machine, const Affiliation& belongs);
  /// Into a group, out of the one it was in.
  void set_group(MachineId machine, std::string_view group);

  [[nodiscard]] std::span<const Machine> machines() const { return machines_; }
  [[nodiscard]] std::size_t node_count() const { return machine_of_.size(); }
  [[nodiscard]] MachineId machine_of(NodeId node) const { return machine_of_[node.index()]; }
  [[nodiscard]] const std::vector<std::string>& role_names() const { return roles_; }
  [[nodiscard]] const std::vector<std::string>& region_names() const { return regions_; }
  [[nodiscard]] const std::vector<std::string>& group_names() const { return groups_; }
  /// The nodes that run on these machines (sorted by machine), in rising order.
  [[nodiscard]] std::vector<NodeId> nodes_on(std::span<const MachineId> machines) const;

 private:
  std::vector<std::string> roles_;
  std::vector<std::string> regions_;
  std::vector<std::string> groups_;
  std::vector<Machine> machines_;
  std::vector<MachineId> machine_of_;
};

/// The code of a region (`EU`, `NA`, `SA`, `AS`, `JP`, `AU`) when the name is that code or its long form in any case and
/// with `_`, `-` or a space between words; otherwise the name itself in capitals. Two names mean the same region when
/// their codes are equal.
std::string region_code(std::string_view name);

}  // namespace peerlab
