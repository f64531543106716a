#include <vector>

#include "models/attacks/bad_peer.h"
#include "models/attacks/rows.h"
#include "models/registry/registry.h"

namespace peerlab {

std::span<const AttackRow> attacks() {
  static const std::vector<AttackRow> rows = {
      bad_peer_row(),  // invalid blocks and garbage for the neighbours
      // By mining, and on payments.
      selfish_row(),              // withholds blocks: SM1
      stubborn_row(),             // and does not give in
      policy_table_row(),         // any withholding strategy, as a table
      double_spend_attack_row(),  // pays and takes it back with a private branch
      finney_row(),               // the same where nobody waits for a block
      race_row(),                 // tells the merchant one thing and everybody else another
      majority_row(),             // mines history again
      censor_miners_row(),        // leaves victims' transactions out
      orphan_row(),               // and never builds on blocks that hold them
      feather_fork_row(),         // or only while it is not behind
      fee_snipe_row(),            // mines rich blocks again
  };
  return rows;
}

const AttackRow* find_attack(std::string_view name) {
  for (const AttackRow& row : attacks()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace peerlab
