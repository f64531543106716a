#include "analysis/measures/rows.h"

namespace peerlab {

// In the order in which reports show them.
std::span<const MeasureRow> measures() {
  static const std::vector<MeasureRow> table = {
      propagation_measure(),
      replicated_measure(),
      agreement_measure(),
      agreed_after_measure(),
      stale_measure(),
      reorg_measure(),
      reverted_measure(),
      latency_measure(),
      available_measure(),
      ack_rules_measure(),
      latency_read_measure(),
      available_reads_measure(),
      fresh_reads_measure(),
      staleness_measure(),
      copies_measure(),
      completeness_measure(),
      lost_measure(),
      data_loss_measure(),
      forgotten_measure(),
      rpo_measure(),
      rto_measure(),
      caught_up_measure(),
      peers_measure(),
      eclipse_measure(),
      blocks_measure(),
      mined_measure(),
      revenue_measure(),
      mpu_measure(),
      attack_success_measure(),
      censored_measure(),
      exposed_measure(),
      altered_measure(),
      acts_measure(),
      takes_measure(),
      control_measure(),
      load_measure(),
      download_measure(),
      messages_measure(),
      cost_measure(),
  };
  return table;
}

}  // namespace peerlab
