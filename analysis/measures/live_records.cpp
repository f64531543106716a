#include "analysis/measures/live_records.h"

#include <algorithm>
#include <utility>

#include "models/base/lookup.h"

namespace peerlab {

void LiveRecords::begin(const Cast& cast, std::span<const Request> requests) {
  requests_ = requests;
  seals_private_ = cast.seals_private;
  Lookup<std::uint64_t, std::uint32_t> known;
  for (std::uint32_t i = 0; i < requests.size(); ++i) {
    const Request& request = requests[i];
    if (!Operations::writes(request) || request.what == Asked::pay) continue;
    writes_.push_back(i);
    record_of_.push_back(*known.insert(request.record.packed(), records_).first);
    records_ = std::max(records_, record_of_.back() + 1);
  }
  next_.assign(writes_.size(), none);
  std::vector<std::uint32_t> following(records_, none);
  for (auto w = static_cast<std::uint32_t>(writes_.size()); w-- > 0;) {
    if (brings_content(writes_[w])) next_[w] = std::exchange(following[record_of_[w]], w);
  }
}

bool LiveRecords::brings_content(std::uint32_t i) const {
  const Request& request = requests_[i];
  const bool seals_again = request.is_private && seals_private_;
  return request.what == Asked::publish || request.what == Asked::update ||
         (request.what == Asked::transfer && seals_again);
}

std::vector<std::uint32_t> LiveRecords::list(std::span<const Operations::Fate> fates, Time now, Acked rule) const {
  std::vector<std::uint32_t> current(records_, none);
  std::vector<bool> erased(records_, false);
  for (std::size_t w = 0; w < writes_.size() && requests_[writes_[w]].issued <= now; ++w) {
    const std::uint32_t i = writes_[w];
    const std::uint32_t record = record_of_[w];
    const bool acked = rule == Acked::stands ? fates[i].stands : fates[i].acked != Time::never();
    if (requests_[i].what == Asked::erase) {
      if (acked || rule == Acked::ever) erased[record] = true;
    } else if (acked && brings_content(i)) {
      if (current[record] == none || fates[i].acked >= fates[current[record]].acked) current[record] = i;
    }
  }
  std::vector<std::uint32_t> live;
  for (std::uint32_t r = 0; r < records_; ++r) {
    if (current[r] != none && !erased[r]) live.push_back(current[r]);
  }
  std::sort(live.begin(), live.end());  // each is there once
  return live;
}

std::uint32_t LiveRecords::found_as(std::uint32_t i, const Audit& audit) const {
  const auto place = std::lower_bound(writes_.begin(), writes_.end(), i) - writes_.begin();
  for (auto w = static_cast<std::uint32_t>(place); w != none; w = next_[w]) {
    if (audit.copies[writes_[w]].anywhere()) return writes_[w];
  }
  return i;
}

}  // namespace peerlab
