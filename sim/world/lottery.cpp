#include "sim/world/lottery.h"

#include <algorithm>
#include <utility>

#include "models/base/check.h"

namespace peerlab {

namespace {
constexpr std::uint32_t draws_per_candidate =
    4;  // waiting time, winner, acceptance, one spare: candidate k sits at 4 k

/// `now` plus a waiting time that may lie beyond the end of time.
Time after(Time now, double seconds) {
  constexpr double horizon = 9.0e9;  // seconds: 285 years
  return seconds < horizon - now.seconds() ? now + Duration::from_seconds(seconds) : Time::never();
}
}  // namespace

Lottery::Lottery(std::uint64_t seed, std::vector<double> power)
    : draws_(seed, purpose("lottery")),
      power_(std::move(power)),
      target_(power_.size()),
      since_(power_.size()),
      tried_(power_.size()) {
  cumulative_.reserve(power_.size());
  for (const double p : power_) {
    CHECK(p >= 0);
    total_ += p;
    cumulative_.push_back(total_);
  }
  left_ = draws_.exponential();
  choice_ = draws_.uniform();
  accept_ = draws_.uniform();
  draws_.seek(draws_per_candidate);
}

void Lottery::settle(Time now, NodeId node) {
  const std::size_t i = node.index();
  if (target_[i] > 0) tried_[i] += power_[i] * (now - since_[i]).seconds();
  since_[i] = now;
}

void Lottery::mine(Time now, NodeId node, double hashes) {
  CHECK(hashes > 0);
  const std::size_t i = node.index();
  if (power_[i] <= 0 || target_[i] == hashes) return;
  settle(now, node);
  if (target_[i] > 0) {
    const auto old = in_play_.find(target_[i]);
    if (--old->second == 0) in_play_.erase(old);
  }
  target_[i] = hashes;
  ++in_play_[hashes];
  reschedule(now);
}

void Lottery::idle(Time now, NodeId node) {
  const std::size_t i = node.index();
  if (target_[i] <= 0) return;
  settle(now, node);
  const auto old = in_play_.find(target_[i]);
  if (--old->second == 0) in_play_.erase(old);
  target_[i] = 0;
  reschedule(now);
}

void Lottery::move_to(Time now) {
  if (easiest_ > 0) left_ -= (now - moved_).seconds() * (total_ / easiest_);
  if (left_ < 0) left_ = 0;
  moved_ = now;
}

void Lottery::reschedule(Time now) {
  const double easiest = in_play_.empty() ? 0 : in_play_.begin()->first;
  if (easiest == easiest_) return;
  move_to(now);
  easiest_ = easiest;
  ++version_;
  due_ = easiest_ > 0 ? after(moved_, left_ * (easiest_ / total_)) : Time::never();
}

std::optional<Time> Lottery::next() const {
  if (easiest_ <= 0) return std::nullopt;
  return due_;
}

NodeId Lottery::by_power(double point) const {
  const auto it = std::upper_bound(cumulative_.begin(), cumulative_.end(), point * total_);
  const auto i = std::min<std::ptrdiff_t>(it - cumulative_.begin(), static_cast<std::ptrdiff_t>(power_.size()) - 1);
  return NodeId::of(i);
}

NodeId Lottery::take(Time now) {
  CHECK(easiest_ > 0);
  const NodeId drawn = by_power(choice_);
  const double own = target_[drawn.index()];
  const NodeId winner = own > 0 && accept_ * own < easiest_ ? drawn : nobody;
  moved_ = now;
  left_ = draws_.exponential();
  choice_ = draws_.uniform();
  accept_ = draws_.uniform();
  draws_.seek((draws_.position() + draws_per_candidate - 1) / draws_per_candidate * draws_per_candidate);
  due_ = after(now, left_ * (easiest_ / total_));
  ++version_;
  return winner;
}

double Lottery::hashes_tried(Time now, NodeId node) const {
  const std::size_t i = node.index();
  return tried_[i] + (target_[i] > 0 ? power_[i] * (now - since_[i]).seconds() : 0);
}

double Lottery::hashes_tried(Time now) const {
  double sum = 0;
  for (std::size_t i = 0; i < power_.size(); ++i) sum += hashes_tried(now, NodeId::of(i));
  return sum;
}

}  // namespace peerlab
