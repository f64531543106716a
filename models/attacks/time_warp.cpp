// Time-warp: a majority of the miners writes times into headers that make the difficulty fall while blocks come as fast as ever.
//
// The retarget rule looks at the first and the last block of a period, and not at the step from one period to the next. So the attacker
// dates all his blocks as early as the rule of the median allows, and only the last of a period as late as the local clocks of the others
// allow. Each period then seems longer than it was, and its successor begins in the past again. The others' blocks carry the true
// time; they pull the median up unless the attacker has most of the blocks.
// (ArtForz, bitcointalk.org 2011; the rule is still Bitcoin's.)
#include <algorithm>

#include "models/attacks/mining_fields.h"
#include "models/attacks/private_miner.h"
#include "models/attacks/rows.h"

namespace peerlab {
namespace {

class TimeWarp final : public PrivateMiner {
 public:
  using PrivateMiner::PrivateMiner;

 private:
  [[nodiscard]] BlockRef parent() const override { return public_tip(); }
  void found(Time now, Outbox& out) override { publish(now, forge(now, public_tip(), {}, out), out); }
  void public_moved(Time, BlockRef, Outbox&) override {}
  [[nodiscard]] std::uint32_t header_time(Time now, BlockRef on) const override {
    const Rules& rules = pool().rules;
    const std::uint32_t earliest = headers().median_time(on) + 1;
    const std::uint32_t height = headers().height(on) + 1;
    const bool last = (height + 1) % rules.retarget_interval == 0;
    // A little less than allowed: it must be believed by those whose clock it reaches first.
    const auto latest = rules.clock(now) + static_cast<std::uint32_t>(rules.max_future.ns / 1'000'000'000) - 1;
    return last ? std::max(earliest, latest) : earliest;
  }
};

}  // namespace

AttackRow time_warp_row() {
  AttackRow row;
  row.name = "time-warp";
  row.sentence =
      "A majority of the miners dates its blocks so that the difficulty falls while the blocks come as before.";
  row.source = "ArtForz, bitcointalk.org 2011";
  row.fields = [] { return mining_attack_fields("60 %"); };
  row.wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
    return std::make_unique<TimeWarp>(std::move(honest), setup);
  };
  row.mines = true;
  row.fits = [](const Params& system) -> std::string {
    if (!system.has("retarget")) return "there is no difficulty.";
    return system.whole("retarget") > 0 ? "" : "its difficulty never changes. Write `retarget: 36` there.";
  };
  row.check = check_mining_attack;
  row.hopeless = [](const Params& params, const Params& system, Duration run) {
    return hopeless_depth("from", system.whole("retarget"), "the difficulty first changes after", params, system, run);
  };
  return row;
}

}  // namespace peerlab
