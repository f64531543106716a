// The live records at an audit, as a thief would look for them: what stands acked, where it is found, whose it is.
#pragma once

#include <vector>

#include "analysis/measures/break_in.h"
#include "analysis/measures/live_records.h"

namespace peerlab {

class AuditedRecords {
 public:
  void begin(const Cast& cast, std::span<const Request> requests) {
    requests_ = requests;
    operations_.begin(cast, requests);
    records_.begin(cast, requests);
  }
  /// Rows of Operations::kinds.
  void see(const Row& row) { operations_.see(row); }

  /// In rising order of their writes.
  [[nodiscard]] std::vector<BreakIn::Record> live(const Audit& audit) const {
    std::vector<BreakIn::Record> live;
    for (const std::uint32_t write : records_.list(operations_.fates(), audit.at, LiveRecords::Acked::stands)) {
      const std::uint32_t there = records_.found_as(write, audit);
      live.push_back({there, records_.owner(there), requests_[there].is_private});
    }
    return live;
  }

 private:
  std::span<const Request> requests_;
  Operations operations_;
  LiveRecords records_;
};

}  // namespace peerlab
