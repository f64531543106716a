// Which machines an attack on machines takes, when, and for how long: the fields that all directors share.
//
// The attacker has a budget of `machines`. He chooses among those that `who` names, all without it, when the attack begins:
//
//   random  each machine has a lot of its number and the smallest are taken, so that a larger budget takes the same ones and more,
//           and the same people are hit in every system
//   value   those that hold most: contents, counted once a machine, then keys
//   degree  those with most links at the start
//
// Among equals the smaller number goes first. A budget of none is somebody who only joins and listens.
//
// The budget may be counted in owners, hosts or exploits (versions of the software) as well: then all machines among them that belong
// to one owner, stand at one provider or run one version fall together, and their value and their links are summed.
#pragma once

#include <string_view>
#include <vector>

#include "models/attacks/director.h"

namespace peerlab {

/// at, machines, counted_in, choose.
Fields target_fields();
/// `among` in groups that fall at one stroke, each in rising order, in the order of their first machines. `currency` is one of the
/// choices of `counted_in`.
std::vector<std::vector<MachineId>> units_of(std::string_view currency, std::span<const MachineId> among,
                                             std::span<const Affiliation> belongs);
/// The same with `for`: attacks that last.
Fields lasting_target_fields();

/// The row's check: an attack must begin before the run ends.
std::string check_targets(const Params& params, Duration run);
/// The same for what can be done at a machine alone: besides, the budget must not be none.
std::string check_taken(const Params& params, Duration run);

class Targets {
 public:
  explicit Targets(const DirectorSetup& setup);

  [[nodiscard]] Time begins() const { return at_; }
  /// When it ends; never without `for`.
  [[nodiscard]] Time ends() const { return for_.ns > 0 ? at_ + for_ : Time::never(); }
  [[nodiscard]] std::uint32_t line() const { return line_; }
  /// The machines taken, in rising order. Tells `attack began`, and `machine taken` for each node on them.
  std::vector<MachineId> take(Reach& reach) const;

 private:
  Time at_;
  Duration for_{};
  std::uint32_t budget_ = 0;
  std::string choose_;
  std::vector<std::vector<MachineId>> units_;
  std::uint32_t line_ = 0;
};

/// The nodes on these machines, in rising order.
std::vector<NodeId> nodes_on(const Layout& layout, std::span<const MachineId> machines);

}  // namespace peerlab
