// The rows of the attacks by mining, for the table in models/registry, and the pure strategies behind them.
#pragma once

#include "models/attacks/attack.h"
#include "models/attacks/branch_policy.h"

namespace peerlab {

/// SM1 of Eyal & Sirer as a policy.
[[nodiscard]] BranchMove selfish_move(const BranchState& s);

AttackRow selfish_row();
AttackRow stubborn_row();
AttackRow policy_table_row();
AttackRow double_spend_attack_row();
AttackRow finney_row();
AttackRow majority_row();
AttackRow censor_miners_row();
AttackRow orphan_row();
AttackRow feather_fork_row();
AttackRow fee_snipe_row();
AttackRow race_row();
AttackRow time_warp_row();
AttackRow equivocate_row();
/// Not by mining: spam.cpp.
AttackRow spam_row();

}  // namespace peerlab
