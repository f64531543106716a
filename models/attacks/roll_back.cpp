#include "models/attacks/roll_back.h"

#include <algorithm>

#include "models/attacks/targets.h"
#include "models/node/attack_happening.h"

namespace peerlab {
namespace {

class RollBack final : public Director {
 public:
  explicit RollBack(const DirectorSetup& setup)
      : targets_(setup), back_(setup.params.duration("back")), among_(setup.among) {}

  void begin(Reach& reach) override {
    const Time begins = targets_.begins();
    reach.arm(begins - Time::zero() > back_ ? begins - back_ : Time::zero());
  }
  void wake(Time now, Reach& reach) override {
    if (kept_.empty()) {
      for (const MachineId machine : among_) {
        const std::span<const DiskEntry> entries = reach.disk(machine).entries();
        kept_.emplace_back(entries.begin(), entries.end());
      }
      kept_at_ = now;
      reach.arm(targets_.begins());
      return;
    }
    const std::vector<MachineId> taken = targets_.take(reach);
    // All at once: servers that go on would tell the others what they have lost.
    for (const MachineId machine : taken) reach.machines().crash(machine);
    for (const MachineId machine : taken) {
      const auto place = std::lower_bound(among_.begin(), among_.end(), machine) - among_.begin();
      reach.put_disk(machine, kept_[static_cast<std::size_t>(place)]);
    }
    for (const MachineId machine : taken) reach.machines().restart(machine);
    reach.report(nobody, {happened::deed_tried, static_cast<std::uint32_t>(Deed::roll_back), targets_.line(),
                          static_cast<std::uint64_t>(kept_at_.ns)});
  }

 private:
  Targets targets_;
  Duration back_;
  std::vector<MachineId> among_;
  Time kept_at_;
  std::vector<std::vector<DiskEntry>> kept_;  ///< by place in among_
};

Fields fields() {
  Fields all = target_fields();
  all.push_back(field("back", Kind::duration, "30 min", "How old the state is that is put back.", "30 min", "1 s"));
  return all;
}

}  // namespace

AttackRow roll_back_row() {
  return {.name = "roll-back",
          .sentence = "Operators restore an old state of their machines, as if what came since had never been.",
          .source = "roll-back attacks: Matetic et al. 2017, USENIX Security (ROTE)",
          .fields = fields,
          .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> {
            return std::make_unique<RollBack>(setup);
          },
          .decides = "what lies on the disk",
          .check = check_taken};
}

}  // namespace peerlab
