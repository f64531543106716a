#include "models/attacks/ransom.h"

#include "models/attacks/targets.h"
#include "models/node/attack_happening.h"

namespace peerlab {
namespace {

class Ransom final : public Director {
 public:
  explicit Ransom(const DirectorSetup& setup) : targets_(setup), repair_(setup.params.duration("repair")) {}

  void begin(Reach& reach) override { reach.arm(targets_.begins()); }
  void wake(Time now, Reach& reach) override {
    if (struck_) {
      for (const MachineId machine : taken_) reach.machines().restart(machine);
      reach.report(nobody, {happened::attack_ended, 0, targets_.line(), 0});
      return;
    }
    struck_ = true;
    taken_ = targets_.take(reach);
    for (const MachineId machine : taken_) {
      reach.machines().wipe(machine);
      reach.machines().destroy_backup(machine);
    }
    if (!taken_.empty()) reach.arm(now + repair_);
  }

 private:
  Targets targets_;
  Duration repair_;
  bool struck_ = false;
  std::vector<MachineId> taken_;
};

Fields fields() {
  Fields all = target_fields();
  all.push_back(
      field("repair", Kind::duration, "1 h", "Until the machines run again, with empty disks.", "30 min", "0 s"));
  return all;
}

}  // namespace

AttackRow ransom_row() {
  return {
      .name = "ransom",
      .sentence = "Wipes machines and the backups that can be reached from them.",
      .source = "the threat that off-line backups answer: NIST SP 800-209 on the security of storage",
      .fields = fields,
      .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> { return std::make_unique<Ransom>(setup); },
      .decides = "what lies on the disk",
      .check = check_taken};
}

}  // namespace peerlab
