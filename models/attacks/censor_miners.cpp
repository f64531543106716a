// Miners who leave the transactions of certain users out of their blocks, and otherwise keep to the rules: passive censorship.
#include "models/attacks/mining_fields.h"
#include "models/attacks/private_miner.h"
#include "models/attacks/rows.h"
#include "models/attacks/victims.h"

namespace peerlab {
namespace {

class CensorMiner final : public PrivateMiner {
 public:
  CensorMiner(std::unique_ptr<Node> honest, const AttackSetup& setup)
      : PrivateMiner(std::move(honest), setup), victims_(setup.victims, *shared().book) {}

 private:
  [[nodiscard]] BlockRef parent() const override { return public_tip(); }
  void found(Time now, Outbox& out) override { publish(now, forge(now, public_tip(), {}, out), out); }
  void public_moved(Time, BlockRef, Outbox&) override {}
  [[nodiscard]] bool refuses(TxRef tx) const override { return victims_.wrote(pool().transactions.transaction(tx)); }

  Victims victims_;
};

}  // namespace

AttackRow censor_miners_row() {
  return {.name = "censor-miners",
          .sentence =
              "Miners never put the transactions of the victims into their blocks, but build on blocks that hold them.",
          .source = "Moser & Bohme, FC workshops 2017; Miller, Feather-forks, bitcointalk.org 2013 (the passive part)",
          .fields = [] { return mining_attack_fields("30 %"); },
          .wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
            return std::make_unique<CensorMiner>(std::move(honest), setup);
          },
          .victim = AttackRow::Victim::wanted,
          .mines = true,
          .check = check_mining_attack};
}

}  // namespace peerlab
