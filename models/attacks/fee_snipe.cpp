// Fee sniping: a block with large fees is mined again beside its finder's, so that its fees go to the sniper.
#include "models/attacks/mining_fields.h"
#include "models/attacks/orphaning_miner.h"
#include "models/attacks/rows.h"

namespace peerlab {
namespace {

class FeeSniper final : public OrphaningMiner {
 public:
  FeeSniper(std::unique_ptr<Node> honest, const AttackSetup& setup)
      : OrphaningMiner(std::move(honest), setup, static_cast<std::uint32_t>(setup.params.whole("give_up"))),
        least_(static_cast<std::uint64_t>(setup.params.whole("least_fees"))) {}

 private:
  [[nodiscard]] bool unwanted(BlockRef block) const override {
    const auto list = transactions(block);
    std::uint64_t fees = 0;
    for (const TxRef tx : list.subspan(1)) fees += pool().transactions.fee(tx).value_or(0);
    const Output& paid = pool().transactions.transaction(list.front()).outputs.front();
    return paid.owner != address() && fees >= least_;
  }
  [[nodiscard]] std::vector<TxRef> demands(BlockRef block) const override {
    const auto list = transactions(block).subspan(1);
    return {list.begin(), list.end()};
  }
  [[nodiscard]] std::span<const TxRef> transactions(BlockRef block) const {
    return pool().bodies.list(pool().state.body(block));
  }

  std::uint64_t least_;
};

Fields fields() {
  Fields all = mining_attack_fields("30 %");
  Field least;
  least.name = "least_fees";
  least.kind = Kind::whole;
  least.fallback = "10000";
  least.sentence = "Fees in a block, in smallest units, from which on it is worth mining again.";
  least.example = "50000";
  least.least = "1";
  least.most = "1000000000000";
  Field lost;
  lost.name = "give_up";
  lost.kind = Kind::whole;
  lost.fallback = "2";
  lost.sentence = "He gives in when his branch is this many blocks behind.";
  lost.example = "3";
  lost.least = "2";
  lost.most = "1000";
  all.push_back(least);
  all.push_back(lost);
  return all;
}

}  // namespace

AttackRow fee_snipe_row() {
  return {.name = "fee-snipe",
          .sentence = "A pool mines blocks with large fees again, with the same transactions, to take the fees itself.",
          .source = "P. Todd, bitcointalk.org 2013; Carlsten, Kalodner, Weinberg & Narayanan, CCS 2016",
          .fields = fields,
          .wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
            return std::make_unique<FeeSniper>(std::move(honest), setup);
          },
          .mines = true,
          .one_machine = true,
          .attempts = true,
          .check = check_mining_attack};
}

}  // namespace peerlab
