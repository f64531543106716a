#include "analysis/measures/live_records.h"

#include <algorithm>

#include "models/base/lookup.h"

namespace peerlab {

void LiveRecords::begin(const Cast& cast, std::span<const Request> requests) {
  requests_ = requests;
  seals_private_ = cast.seals_private;
  record_of_.assign(requests.size(), none);
  Lookup<std::uint64_t, std::uint32_t> known;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Request& request = requests[i];
    if (!Operations::writes(request) || request.what == Asked::pay) continue;
    record_of_[i] = *known.insert(request.record.packed(), records_).first;
    records_ = std::max(records_, record_of_[i] + 1);
  }
}

std::vector<std::uint32_t> LiveRecords::list(std::span<const Operations::Fate> fates, Acked rule) const {
  std::vector<std::uint32_t> current(records_, none);
  std::vector<bool> erased(records_, false);
  for (std::uint32_t i = 0; i < record_of_.size(); ++i) {
    const bool acked = rule == Acked::stands ? fates[i].stands : fates[i].acked != Time::never();
    if (record_of_[i] == none || !acked) continue;
    const Request& request = requests_[i];
    if (request.what == Asked::erase) erased[record_of_[i]] = true;
    const bool seals_again = request.is_private && seals_private_;
    if (request.what == Asked::publish || request.what == Asked::update ||
        (request.what == Asked::transfer && seals_again)) {
      current[record_of_[i]] = i;
    }
  }
  std::vector<std::uint32_t> live;
  for (std::uint32_t r = 0; r < records_; ++r) {
    if (current[r] != none && !erased[r]) live.push_back(current[r]);
  }
  std::sort(live.begin(), live.end());  // each is there once
  return live;
}

}  // namespace peerlab
