#include "models/attacks/mining_fields.h"
#include "models/attacks/rows.h"
#include "models/attacks/withholding_miner.h"

namespace peerlab {

BranchMove selfish_move(const BranchState& s) {
  if (s.own < s.others) return BranchMove::adopt;
  // While two equal branches compete his next block decides; a longer lead stays hidden.
  if (s.contest == Contest::active) return s.own == s.others + 1 ? BranchMove::override_public : BranchMove::wait;
  if (s.contest == Contest::irrelevant || s.others == 0) return BranchMove::wait;
  // The public branch has just grown: a lead that has shrunk to one is cashed in, a longer one answers block by block.
  return s.own == s.others + 1 ? BranchMove::override_public : BranchMove::match;
}

AttackRow selfish_row() {
  return {
      .name = "selfish",
      .sentence =
          "One pool keeps the blocks that it finds back and publishes them just in time to make those of the others "
          "void (SM1).",
      .source = "Eyal & Sirer, Majority is not enough: Bitcoin mining is vulnerable, FC 2014, algorithm 1",
      .fields = [] { return mining_attack_fields("33 %"); },
      .wrap = [](std::unique_ptr<Node> honest, const AttackSetup& setup) -> std::unique_ptr<Node> {
        return std::make_unique<WithholdingMiner>(std::move(honest), setup, selfish_move);
      },
      .mines = true,
      .one_machine = true,
      .check = check_mining_attack};
}

}  // namespace peerlab
