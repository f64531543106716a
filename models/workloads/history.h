// The drawn history: which records were asked for so far, and whose they are, whatever any system made of it.
#pragma once

#include <cstdint>
#include <vector>

#include "models/base/ids.h"
#include "models/base/time.h"
#include "models/node/request.h"

namespace peerlab {

/// A record as the history has it. `published` never falls from one record to the next.
struct RecordSoFar {
  RecordName name;
  UserId owner;  ///< whom the last transfer gave it to
  Time published;
  Time changed;  ///< last publish, transfer or update
  bool is_private = false;
  bool erased = false;
};

class History {
 public:
  void publish(const RecordSoFar& record) { records_.push_back(record); }
  [[nodiscard]] std::size_t size() const { return records_.size(); }
  [[nodiscard]] const RecordSoFar& at(std::size_t index) const { return records_[index]; }
  [[nodiscard]] RecordSoFar& at(std::size_t index) { return records_[index]; }
  /// How many records were published at or before `instant`; they are the first ones.
  [[nodiscard]] std::size_t published_by(Time instant) const;

 private:
  std::vector<RecordSoFar> records_;
};

}  // namespace peerlab
