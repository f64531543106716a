// The rows of one run as they came, for those who look at single events: the space-time diagram, messages in flight, traces.
//
// Kept are messages, blocks, moved tips, machines and faults: the first `most` rows, and how many there were beyond. Each costs 40 bytes.
#pragma once

#include <span>
#include <vector>

#include "analysis/observation/observer.h"

namespace peerlab {

class EventLog : public Observer {
 public:
  void begin(std::size_t most) { most_ = most; }
  [[nodiscard]] std::span<const HappeningKind> kinds() const override;
  void see(const Row& row) override {
    if (rows_.size() < most_) {
      rows_.push_back(row);
    } else {
      ++left_out_;
    }
  }

  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }  ///< in rising time
  [[nodiscard]] std::uint64_t left_out() const { return left_out_; }

 private:
  std::size_t most_ = 0;
  std::vector<Row> rows_;
  std::uint64_t left_out_ = 0;
};

}  // namespace peerlab
