#include "analysis/theory/table.h"

#include <algorithm>

#include "analysis/theory/availability.h"
#include "analysis/theory/censorship.h"
#include "analysis/theory/constant_delay.h"
#include "analysis/theory/copysets.h"
#include "analysis/theory/double_spend.h"
#include "analysis/theory/durability.h"
#include "analysis/theory/eclipse.h"
#include "analysis/theory/fork_integral.h"
#include "analysis/theory/partition.h"
#include "analysis/theory/percolation.h"
#include "analysis/theory/push_gossip.h"
#include "analysis/theory/queue.h"
#include "analysis/theory/selfish_mining.h"
#include "analysis/theory/withholding.h"

namespace peerlab {

const std::vector<TheoryRow>& theory_rows() {
  static const std::vector<TheoryRow> rows = {
      double_spend_row(),  selfish_mining_row(), withholding_row(), constant_delay_row(),
      fork_integral_row(), partition_row(),      censorship_row(),  eclipse_row(),
      push_gossip_row(),   percolation_row(),    erlang_row(),      pollaczek_row(),
      finite_queue_row(),  availability_row(),   durability_row(),  copysets_row(),
  };
  return rows;
}

const TheoryRow* find_theory(std::string_view name) {
  const auto& rows = theory_rows();
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const TheoryRow& row) { return row.name == name; });
  return at == rows.end() ? nullptr : &*at;
}

}  // namespace peerlab
