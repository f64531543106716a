#include "models/attacks/flood.h"

#include "models/attacks/targets.h"
#include "models/node/attack_happening.h"

namespace peerlab {
namespace {

class Flood final : public Director {
 public:
  explicit Flood(const DirectorSetup& setup)
      : targets_(setup), pause_(seconds(1) / setup.params.whole("rate")), number_(first_number(setup.line)) {}

  void begin(Reach& reach) override { reach.arm(targets_.begins()); }
  void wake(Time now, Reach& reach) override {
    if (!begun_) {
      begun_ = true;
      nodes_ = nodes_on(reach.layout(), targets_.take(reach));
    }
    if (now >= targets_.ends()) return reach.report(nobody, {happened::attack_ended, 0, targets_.line(), 0});
    for (const NodeId node : nodes_) {
      const UserId user = reach.layout().members[node.index()].user;
      if (!user.valid()) continue;
      Request junk;
      junk.number = number_++;
      junk.what = Asked::read;
      junk.user = user;
      junk.record = {user, nothing};
      junk.issued = now;
      junk.deadline = seconds(5);
      reach.submit(node, junk);
    }
    reach.arm(now + pause_);
  }

 private:
  static constexpr std::uint32_t nothing = 0xfffffff0;  ///< ordinal of a record that nobody publishes
  /// Four lines may flood without their numbers meeting, behind those of forged writes.
  static std::uint32_t first_number(std::uint32_t line) { return first_forged + 0x10000000 + line % 4 * 0x0c000000; }

  Targets targets_;
  Duration pause_;
  std::uint32_t number_;
  bool begun_ = false;
  std::vector<NodeId> nodes_;
};

Fields fields() {
  Fields all = lasting_target_fields();
  all.push_back(field("rate", Kind::whole, "10", "Requests a second of each machine.", "50", "1", "10000"));
  return all;
}

}  // namespace

AttackRow flood_row() {
  return {
      .name = "flood",
      .sentence = "Machines ask for what does not exist, as fast as they can.",
      .source = "denial of service by requests: Mirkovic and Reiher 2004, ACM SIGCOMM CCR 34(2)",
      .fields = fields,
      .direct = [](const DirectorSetup& setup) -> std::unique_ptr<Director> { return std::make_unique<Flood>(setup); },
      .on_users = true,
      .check = check_targets};
}

}  // namespace peerlab
