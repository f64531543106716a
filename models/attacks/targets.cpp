#include "models/attacks/targets.h"

#include <algorithm>
#include <map>
#include <set>

#include "models/attacks/gathering.h"
#include "models/base/check.h"
#include "models/node/attack_happening.h"

namespace peerlab {
namespace {

/// Counts what lies on a machine.
class Tally final : public Gathering {
 public:
  void held(const HeldWrite& write) override {
    if (write.intact) contents_.insert(write.number);
  }
  [[nodiscard]] std::uint64_t value() const { return std::uint64_t{contents_.size()} << 20 | keys().size(); }

 private:
  std::set<std::uint64_t> contents_;
};

}  // namespace

Fields target_fields() {
  return {
      field("at", Kind::duration, "1 h", "When the attack begins.", "2 h", "1 s"),
      field(
          "machines", Kind::whole, "1",
          "The attacker's budget: how many machines he breaks into, or how many of what `counted_in` says. 0: he only "
          "joins and listens.",
          "3", "0", "1000000"),
      field(
          "counted_in", Kind::choice, "machines",
          "What the budget is counted in. Owners, hosts (providers) and exploits (versions of the software) fall with "
          "all their machines that `who` chooses.",
          "owners", "", "", {"machines", "owners", "hosts", "exploits"}),
      field("choose", Kind::choice, "value",
            "Which ones: value = those that hold most when it begins, degree = those with most links, random = any. A "
            "larger budget takes the same ones and more.",
            "random", "", "", {"value", "degree", "random"}),
  };
}

Fields lasting_target_fields() {
  Fields fields = target_fields();
  fields.insert(fields.begin() + 1,
                field("for", Kind::duration, "0 s", "How long it lasts; 0 s: until the end.", "1 h", "0 s"));
  return fields;
}

std::string check_targets(const Params& params, Duration run) {
  const Duration at = params.duration("at");
  if (at < run) return {};
  return "at: the attack would begin after " + write_duration(at) + ", but the run is over after " +
         write_duration(run) + ".";
}

std::string check_taken(const Params& params, Duration run) {
  if (params.whole("machines") > 0) return check_targets(params, run);
  return "machines: somebody who breaks into no machine does nothing; only a `breach` can do without, by joining.";
}

Targets::Targets(const DirectorSetup& setup)
    : at_(Time::zero() + setup.params.duration("at")),
      for_(setup.params.has("for") ? setup.params.duration("for") : Duration{}),
      budget_(static_cast<std::uint32_t>(setup.params.whole("machines"))),
      choose_(setup.params.text("choose")),
      units_(units_of(setup.params.text("counted_in"), setup.among, setup.belongs)),
      line_(setup.line) {}

std::vector<std::vector<MachineId>> units_of(std::string_view currency, std::span<const MachineId> among,
                                             std::span<const Affiliation> belongs) {
  std::vector<std::vector<MachineId>> units;
  std::map<std::uint32_t, std::size_t> known;
  for (const MachineId machine : among) {
    if (currency == "machines" || machine.index() >= belongs.size()) {
      units.push_back({machine});
      continue;
    }
    const Affiliation& of = belongs[machine.index()];
    const std::uint32_t name = currency == "owners" ? of.owner : currency == "hosts" ? of.host : of.version;
    const auto [unit, fresh] = known.emplace(name, units.size());
    if (fresh) units.emplace_back();
    units[unit->second].push_back(machine);
  }
  return units;
}

std::vector<MachineId> Targets::take(Reach& reach) const {
  struct Candidate {
    std::uint64_t rank = 0;  ///< smaller is taken first
    std::size_t unit = 0;
  };
  std::vector<Candidate> candidates;
  candidates.reserve(units_.size());
  for (std::size_t u = 0; u < units_.size(); ++u) {
    std::uint64_t rank = 0;
    if (budget_ >= units_.size()) {
      // all of them
    } else if (choose_ == "random") {
      rank = Stream(reach.seed() + line_, purpose("attack on machines"), units_[u].front().value).bits();
    } else if (choose_ == "degree") {
      for (const MachineId machine : units_[u]) rank += reach.degree(machine);
      rank = ~rank;
    } else {
      Tally tally;
      for (const MachineId machine : units_[u]) reach.read(machine, tally);
      rank = ~tally.value();
    }
    candidates.push_back({rank, u});
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.unit < b.unit;
  });
  CHECK(budget_ <= candidates.size());
  candidates.resize(budget_);
  std::vector<MachineId> taken;
  for (const Candidate& one : candidates) taken.insert(taken.end(), units_[one.unit].begin(), units_[one.unit].end());
  std::sort(taken.begin(), taken.end());
  reach.report(nobody, {happened::attack_began, static_cast<std::uint32_t>(taken.size()), line_, 0});
  for (const NodeId node : nodes_on(reach.layout(), taken)) reach.report(node, {happened::machine_taken, 0, line_, 0});
  return taken;
}

std::vector<NodeId> nodes_on(const Layout& layout, std::span<const MachineId> machines) {
  std::vector<NodeId> nodes;
  for (std::uint32_t i = 0; i < layout.members.size(); ++i) {
    if (std::binary_search(machines.begin(), machines.end(), layout.members[i].machine)) nodes.push_back(NodeId(i));
  }
  return nodes;
}

}  // namespace peerlab
