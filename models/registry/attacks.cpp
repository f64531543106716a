#include <vector>

#include "models/attacks/bad_peer.h"
#include "models/attacks/breach.h"
#include "models/attacks/eclipse.h"
#include "models/attacks/flood.h"
#include "models/attacks/insider.h"
#include "models/attacks/phish.h"
#include "models/attacks/ransom.h"
#include "models/attacks/refuse.h"
#include "models/attacks/roll_back.h"
#include "models/attacks/rows.h"
#include "models/attacks/split_view.h"
#include "models/attacks/sybil.h"
#include "models/attacks/tamper.h"
#include "models/attacks/withhold.h"
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
      time_warp_row(),            // lies about the time, and mining gets easier
      equivocate_row(),           // shows two blocks of one height
      // On machines.
      breach_row(),      // copies what lies on machines and tries to read it
      tamper_row(),      // serves altered records
      split_view_row(),  // tells half of the readers an old story
      refuse_row(),      // does not take what some users ask for
      insider_row(),     // operators write in their users' names
      phish_row(),       // somebody else uses owners' keys
      ransom_row(),      // wipes machines and the backups that can be reached
      flood_row(),       // asks for what does not exist, as fast as it can
      roll_back_row(),   // an old state is put back
      // On peers' manners.
      withhold_row(),  // announced and not delivered
      spam_row(),      // transactions that nobody needs
      // On who talks to whom.
      sybil_row(),               // many identities of one person in peer selection
      eclipse_row_of_attacks(),  // all connections of a victim
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
