#include "models/attacks/targets.h"

#include <algorithm>
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
      field("machines", Kind::whole, "1",
            "The attacker's budget: how many machines he breaks into. 0: he only joins and listens.", "3", "0",
            "1000000"),
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
      among_(setup.among),
      line_(setup.line) {}

std::vector<MachineId> Targets::take(Reach& reach) const {
  struct Candidate {
    std::uint64_t rank = 0;  ///< smaller is taken first
    MachineId machine;
  };
  std::vector<Candidate> candidates;
  candidates.reserve(among_.size());
  for (const MachineId machine : among_) {
    std::uint64_t rank = 0;
    if (budget_ >= among_.size()) {
      // all of them
    } else if (choose_ == "random") {
      rank = Stream(reach.seed() + line_, purpose("attack on machines"), machine.value).bits();
    } else if (choose_ == "degree") {
      rank = ~std::uint64_t{reach.degree(machine)};
    } else {
      Tally tally;
      reach.read(machine, tally);
      rank = ~tally.value();
    }
    candidates.push_back({rank, machine});
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.machine < b.machine;
  });
  CHECK(budget_ <= candidates.size());
  candidates.resize(budget_);
  std::vector<MachineId> taken;
  for (const Candidate& candidate : candidates) taken.push_back(candidate.machine);
  std::sort(taken.begin(), taken.end());
  reach.report(nobody, {happened::attack_began, budget_, line_, 0});
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
