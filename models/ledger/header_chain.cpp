#include "models/ledger/header_chain.h"

#include <algorithm>

#include "models/base/check.h"

namespace peerlab {

std::optional<std::uint32_t> HeaderChain::wanted_bits(std::uint32_t height) const {
  if (height == 0) return rules_.genesis_bits;
  if (count_ == 0) return std::nullopt;
  if (rules_.retarget_interval == 0 || height % rules_.retarget_interval != 0) return bits_;
  if (!period_first_time_) return std::nullopt;
  return retarget(rules_, *period_first_time_, last_time_, bits_);
}

Verdict HeaderChain::add(const Header& header) {
  if (broken_) return Verdict::previous_invalid;
  broken_ = true;  // until every check has passed
  const auto height = start_ + static_cast<std::uint32_t>(count_);
  const Hash256 id = header.id();

  if (count_ > 0 || start_ == 0) {
    ++checks_.previous;
    if (header.previous != tip_) return Verdict::unknown_previous;  // zero before height 0
  }
  if (const std::optional<std::uint32_t> wanted = wanted_bits(height)) {
    const bool at_change = rules_.retarget_interval != 0 && height % rules_.retarget_interval == 0;
    ++(at_change && height > 0 ? checks_.target_changed : checks_.target_kept);
    if (header.bits != *wanted) return Verdict::bad_target;
  }
  ++checks_.proof_of_work;
  const std::optional<U256> target = target_of(header.bits);
  if (!target || *target > rules_.pow_limit) return Verdict::bad_target;
  if (!meets_target(id, header.bits)) return Verdict::bad_proof_of_work;
  if (times_.size() == rules_.median_span || (start_ == 0 && count_ > 0)) {
    ++checks_.median_time;
    std::vector<std::uint32_t> sorted = times_;
    std::sort(sorted.begin(), sorted.end());
    if (header.time <= sorted[sorted.size() / 2]) return Verdict::too_early;
  }

  broken_ = false;
  ++count_;
  tip_ = id;
  work_ += work_of(header.bits);
  bits_ = header.bits;
  last_time_ = header.time;
  if (rules_.retarget_interval != 0 && height % rules_.retarget_interval == 0) period_first_time_ = header.time;
  if (times_.size() == rules_.median_span) times_.erase(times_.begin());
  times_.push_back(header.time);
  return Verdict::ok;
}

}  // namespace peerlab
