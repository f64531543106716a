// Rewriting history: mining again, in secret, from a block that lies `depth` blocks deep, until the branch is longer. Every attempt
// takes a stretch of its own: the next one begins when so many blocks stand on what the last one has published.
#include "models/attacks/mining_fields.h"
#include "models/attacks/race_miner.h"
#include "models/attacks/rows.h"

namespace peerlab {
namespace {

class MajorityMiner final : public RaceMiner {
 public:
  MajorityMiner(std::unique_ptr<Node> honest, const AttackSetup& setup)
      : RaceMiner(std::move(honest), setup), depth_(static_cast<std::uint32_t>(setup.params.whole("depth"))) {}

 private:
  BlockRef starts(Time, Outbox&) override {
    const std::uint32_t height = headers().height(public_tip());
    if (attempts() > done_) {
      done_ = attempts();
      floor_ = height;
    }
    if (height < floor_ + depth_) return {};
    return headers().ancestor(public_tip(), height - depth_);
  }
  void changed(Time, Outbox& out) override {
    if (!is_open()) open(out);
  }
  [[nodiscard]] bool ripe() const override { return true; }

  std::uint32_t depth_;
  std::uint64_t done_ = 0;   ///< attempts
  std::uint32_t floor_ = 0;  ///< what lies below was rewritten or tried before
};

Fields fields() {
  Fields all = race_fields("60 %", "0");
  Field depth;
  depth.name = "depth";
  depth.kind = Kind::whole;
  depth.fallback = "6";
  depth.sentence = "How many blocks of the public chain each attempt sets out to replace.";
  depth.example = "100";
  depth.least = "1";
  depth.most = "100000";
  all.push_back(depth);
  return all;
}

std::string check(const Params& params, Duration run) {
  if (std::string error = check_race(params, run); !error.empty()) return error;
  const std::int64_t give_up = params.whole("give_up");
  if (give_up != 0 && give_up <= params.whole("depth")) {
    return "give_up: an attempt begins " + std::to_string(params.whole("depth")) +
           " blocks behind and would be given up at once; it can never succeed. Write more than that, or 0.";
  }
  return {};
}

std::string hopeless(const Params& params, const Params& system, Duration run) {
  return hopeless_depth("depth", params.whole("depth"), "an attempt begins below", params, system, run);
}

}  // namespace

AttackRow majority_row() {
  return {.name = "majority",
          .sentence = "Mines history again from some blocks below the tip and publishes it once it is longer.",
          .source = "Nakamoto 2008, section 11",
          .fields = fields,
          .wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
            return std::make_unique<MajorityMiner>(std::move(honest), setup);
          },
          .mines = true,
          .one_machine = true,
          .attempts = true,
          .check = check,
          .hopeless = hopeless};
}

}  // namespace peerlab
