// What users notice of their reads.
//
//   available.reads  reads with an authentic answer within a deadline / issued, as a curve over the deadline
//   fresh            of these, the ones that miss nothing acked more than F before the read was issued / issued
//   staleness        how long ago, when a read was issued, the oldest write had been acked that its answer misses; 0: none
//   latency.read     time from issue until the authentic answer; a read that never got one counts as +infinity
//
// The cohort is the reads issued in [warmup, end - settle] by users whose own machine was on. An answer is authentic when the reader
// found every signature and commitment in it right; "there is no such record" cannot be checked and is no authentic answer, but
// it misses whatever was acked before. A write that was acked after the read was issued need not be in the answer.
//
// Which writes an answer misses: those to the same record, acked when the read was issued, that come after the version in the answer.
// "After" means issued later and not acked earlier than that version: a write that was delayed on its way, or whose ack was,
// is never counted on one of the two orders alone. A write that was acked and undone later has been promised, and is missed too.
#pragma once

#include <memory>
#include <string_view>

#include "analysis/measures/measure.h"

namespace peerlab {

/// `argument`: one deadline, or empty for the reads' own and the usual curve.
std::unique_ptr<Measure> make_available_reads(std::string_view argument);
/// `argument`: one age F, or empty for the usual curve.
std::unique_ptr<Measure> make_fresh_reads(std::string_view argument);
std::unique_ptr<Measure> make_staleness(std::string_view argument);
std::unique_ptr<Measure> make_latency_read(std::string_view argument);

}  // namespace peerlab
