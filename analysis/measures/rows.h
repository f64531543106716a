// The table of measures: one row a line, one file a row.
#pragma once

#include "analysis/measures/measure.h"

namespace peerlab {

/// The `source` of a measure that nobody else has defined.
inline constexpr std::string_view own_definition = "peerlab's own definition";

MeasureRow propagation_measure();      ///< propagation.cpp
MeasureRow replicated_measure();       ///< replicated.cpp
MeasureRow agreement_measure();        ///< agreement.cpp
MeasureRow agreed_after_measure();     ///< agreed_after.cpp
MeasureRow stale_measure();            ///< blocks.cpp
MeasureRow reorg_measure();            ///< blocks.cpp
MeasureRow reverted_measure();         ///< writes.cpp
MeasureRow latency_measure();          ///< writes.cpp
MeasureRow available_measure();        ///< writes.cpp
MeasureRow ack_rules_measure();        ///< ack_rules.cpp
MeasureRow latency_read_measure();     ///< reads.cpp
MeasureRow available_reads_measure();  ///< reads.cpp
MeasureRow fresh_reads_measure();      ///< reads.cpp
MeasureRow staleness_measure();        ///< reads.cpp
MeasureRow copies_measure();           ///< copies.cpp
MeasureRow completeness_measure();     ///< completeness.cpp
MeasureRow lost_measure();             ///< lost.cpp
MeasureRow data_loss_measure();        ///< data_loss.cpp
MeasureRow forgotten_measure();        ///< forgotten.cpp
MeasureRow rpo_measure();              ///< rpo.cpp
MeasureRow rto_measure();              ///< rto.cpp
MeasureRow caught_up_measure();        ///< peers.cpp
MeasureRow peers_measure();            ///< peers.cpp
MeasureRow eclipse_measure();          ///< eclipse.cpp
MeasureRow blocks_measure();           ///< blocks.cpp
MeasureRow mined_measure();            ///< mined.cpp
MeasureRow revenue_measure();          ///< revenue.cpp
MeasureRow mpu_measure();              ///< revenue.cpp
MeasureRow attack_success_measure();   ///< attack_success.cpp
MeasureRow censored_measure();         ///< censored.cpp
MeasureRow exposed_measure();          ///< exposed.cpp
MeasureRow altered_measure();          ///< acts.cpp
MeasureRow acts_measure();             ///< acts.cpp
MeasureRow takes_measure();            ///< takes.cpp
MeasureRow control_measure();          ///< control.cpp
MeasureRow load_measure();             ///< load.cpp
MeasureRow download_measure();         ///< download.cpp
MeasureRow messages_measure();         ///< cost.cpp
MeasureRow cost_measure();             ///< cost.cpp

}  // namespace peerlab
