#include "models/attacks/flood.h"

#include "models/attacks/flooder.h"
#include "models/attacks/targets.h"
#include "models/node/attack_happening.h"

namespace peerlab {
namespace {

class Flood final : public Director {
 public:
  explicit Flood(const DirectorSetup& setup)
      : targets_(setup),
        pause_(seconds(1) / setup.params.whole("rate")),
        what_(setup.params.text("what")),
        number_(first_number(setup.line)) {}

  void begin(Reach& reach) override { reach.arm(targets_.begins()); }
  void wake(Time now, Reach& reach) override {
    if (!begun_) {
      begun_ = true;
      const std::vector<MachineId> taken = targets_.take(reach);
      nodes_ = nodes_on(reach.layout(), taken);
      seize(reach, taken);
    }
    if (now >= targets_.ends()) return reach.report(nobody, {happened::attack_ended, 0, targets_.line(), 0});
    for (const NodeId node : nodes_) {
      const UserId user = reach.layout().members[node.index()].user;
      if (!user.valid() || !fits(reach, node)) continue;
      Request junk;
      junk.number = number_++;
      junk.what = what_ == "writes" ? Asked::publish : Asked::read;
      junk.user = user;
      junk.record = {user, what_ == "writes" ? junk.number : nothing};
      junk.size = 200;
      junk.issued = now;
      junk.deadline = seconds(5);
      reach.submit(node, junk);
    }
    reach.arm(now + pause_);
  }

 private:
  void seize(Reach& reach, std::span<const MachineId> taken) const {
    if (what_ == "reads") return;
    const Flooder::What what = what_ == "logins" ? Flooder::What::logins : Flooder::What::writes;
    const Seizure how = [what](std::unique_ptr<Node> honest, const Home& home) -> std::unique_ptr<Node> {
      return std::make_unique<Flooder>(std::move(honest), home, what);
    };
    for (const MachineId machine : taken) reach.seize(machine, how);
  }
  /// Peers have no sessions that one could begin.
  [[nodiscard]] bool fits(const Reach& reach, NodeId node) const {
    return what_ != "logins" || reach.layout().members[node.index()].role == "client";
  }

  static constexpr std::uint32_t nothing = 0xfffffff0;  ///< ordinal of a record that nobody publishes
  /// Four lines may flood without their numbers meeting, behind those of forged writes.
  static std::uint32_t first_number(std::uint32_t line) { return first_forged + 0x10000000 + line % 4 * 0x0c000000; }

  Targets targets_;
  Duration pause_;
  std::string what_;
  std::uint32_t number_;
  bool begun_ = false;
  std::vector<NodeId> nodes_;
};

Fields fields() {
  Fields all = lasting_target_fields();
  all.push_back(field("rate", Kind::whole, "10", "Requests a second of each machine.", "50", "1", "10000"));
  all.push_back(field("what", Kind::choice, "reads",
                      "What it pours out: reads = requests for records that do not exist; logins = sessions that are "
                      "begun and never finished, which take the places of honest ones (of services alone); writes = "
                      "writes and payments with a wrong signature, which whoever gets them must check.",
                      "logins", "", "", {"reads", "logins", "writes"}));
  return all;
}

}  // namespace

AttackRow flood_row() {
  return {
      .name = "flood",
      .sentence = "Machines ask for what does not exist, begin sessions or send unsigned writes, as fast as they can.",
      .source =
          "denial of service by requests: Mirkovic and Reiher 2004, ACM SIGCOMM CCR 34(2); half-open connections: RFC "
          "4987",
      .fields = fields,
      .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> { return std::make_unique<Flood>(setup); },
      .on_users = true,
      .check = check_taken};
}

}  // namespace peerlab
