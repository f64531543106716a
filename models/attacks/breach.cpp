#include "models/attacks/breach.h"

#include "models/attacks/loot.h"
#include "models/attacks/targets.h"
#include "models/node/attack_happening.h"

namespace peerlab {
namespace {

class Breach final : public Director {
 public:
  explicit Breach(const DirectorSetup& setup) : targets_(setup) {}

  void begin(Reach& reach) override { reach.arm(targets_.begins()); }

  void wake(Time, Reach& reach) override {
    Loot loot;
    for (const MachineId machine : targets_.take(reach)) reach.read(machine, loot);
    reach.report(nobody, {happened::deed_tried, static_cast<std::uint32_t>(Deed::read), targets_.line(), 0});
    reach.join(loot);
    std::vector<UserId> owners;
    for (const std::uint32_t user : loot.keys()) owners.emplace_back(user);
    if (!owners.empty()) reach.ask_as(owners, loot);
    const KeyBook book(reach.seed());
    const std::span<const Request> requests = reach.requests();
    for (const std::uint32_t number : loot.plaintexts(requests, book)) {
      const Happening deed{happened::deed_done, static_cast<std::uint32_t>(Deed::read), number,
                           requests[number].record.packed()};
      reach.report(nobody, deed);
    }
  }

 private:
  Targets targets_;
};

}  // namespace

AttackRow breach_row() {
  return {
      .name = "breach",
      .sentence = "Breaks into machines, copies what lies there, and tries to read it with the keys it finds.",
      .source = "peerlab's own: what a disk, a memory and the keys that lie there give away",
      .fields = target_fields,
      .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> { return std::make_unique<Breach>(setup); },
      .check = check_targets};
}

}  // namespace peerlab
