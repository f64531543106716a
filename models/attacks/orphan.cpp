// Active censorship: refusing to build on blocks that hold transactions of the victims. `orphan` never gives in, `feather-fork` does.
#include "models/attacks/mining_fields.h"
#include "models/attacks/orphaning_miner.h"
#include "models/attacks/rows.h"
#include "models/attacks/victims.h"

namespace peerlab {
namespace {

class VictimsOrphaner final : public OrphaningMiner {
 public:
  VictimsOrphaner(std::unique_ptr<Node> honest, const AttackSetup& setup)
      : OrphaningMiner(std::move(honest), setup, static_cast<std::uint32_t>(setup.params.whole("give_up"))),
        victims_(setup.victims, *shared().book) {}

 private:
  [[nodiscard]] bool unwanted(BlockRef block) const override { return victims_.in_block(pool(), block); }
  [[nodiscard]] bool refuses(TxRef tx) const override { return victims_.wrote(pool().transactions.transaction(tx)); }

  Victims victims_;
};

Fields fields(std::string_view share, std::string_view give_up) {
  Fields all = mining_attack_fields(share);
  Field lost;
  lost.name = "give_up";
  lost.kind = Kind::whole;
  lost.fallback = give_up;
  lost.sentence = "He gives in when his branch is this many blocks behind; 0 never.";
  lost.example = "3";
  lost.least = "0";
  lost.most = "10000";
  all.push_back(lost);
  return all;
}

std::string check(const Params& params, Duration run) {
  if (params.whole("give_up") == 1) {
    return "give_up: whoever mines beside a block is one behind from the start; at 1 he would never try. Write 2 or "
           "more, "
           "or 0.";
  }
  return check_mining_attack(params, run);
}

std::unique_ptr<Node> wrap(std::unique_ptr<Node> honest, const AttackSetup& setup) {
  return std::make_unique<VictimsOrphaner>(std::move(honest), setup);
}

}  // namespace

AttackRow orphan_row() {
  return {.name = "orphan",
          .sentence =
              "A pool leaves the victims' transactions out and never builds on a block that holds one: above one half "
              "of the "
              "hash power that is censorship for good.",
          .source = "Miller, Feather-forks, bitcointalk.org topic 312668, 2013; Winzer, Herd & Faust, 2019, section 4",
          .fields = [] { return fields("60 %", "0"); },
          .wrap = wrap,
          .victim = AttackRow::Victim::wanted,
          .mines = true,
          .one_machine = true,
          .attempts = true,
          .check = check};
}

AttackRow feather_fork_row() {
  return {
      .name = "feather-fork",
      .sentence =
          "A pool announces not to build on blocks that hold the victims' transactions, and gives in when it falls "
          "behind.",
      .source =
          "Miller, Feather-forks: enforcing a blacklist with sub-50 % hash power, bitcointalk.org topic 312668, 2013",
      .fields = [] { return fields("20 %", "2"); },
      .wrap = wrap,
      .victim = AttackRow::Victim::wanted,
      .mines = true,
      .one_machine = true,
      .attempts = true,
      .check = check};
}

}  // namespace peerlab
