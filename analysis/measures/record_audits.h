// What audits find of the records that were acked and live: the frame of measures that look at stored contents by the clock.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/measures/live_records.h"
#include "analysis/measures/measure.h"
#include "analysis/measures/operations.h"

namespace peerlab {

class RecordAudits : public Measure {
 public:
  std::span<const HappeningKind> kinds() const final { return Operations::kinds; }
  Audits audits() const final { return Audits::by_the_clock; }
  void begin(const Cast& cast, std::span<const Request> requests) final {
    warmup_ = cast.warmup;
    operations_.begin(cast, requests);
    records_.begin(cast, requests);
  }
  void see(const Row& row) final { operations_.see(row); }
  void audited(const Audit& audit) final {
    if (audit.at < warmup_ || audit.why == Audit::Why::before_fault) return;
    look(audit, records_.list(operations_.fates(), audit.at, LiveRecords::Acked::stands));
  }
  void finish(Time, const Totals&) final {}

 protected:
  /// An audit after the warm-up, and the writes that acked and live records are known by at that instant.
  virtual void look(const Audit& audit, const std::vector<std::uint32_t>& live) = 0;
  /// The write whose content stands for that one in the audit.
  [[nodiscard]] std::uint32_t found_as(std::uint32_t write, const Audit& audit) const {
    return records_.found_as(write, audit);
  }

 private:
  Time warmup_;
  Operations operations_;
  LiveRecords records_;
};

}  // namespace peerlab
