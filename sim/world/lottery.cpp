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
    : draws_(seed, purpose("lottery")), nodes_(power.size()), target_(power.size()) {
  before_.reserve(nodes_ / stride + 1);
  for (std::size_t i = 0; i < nodes_; ++i) {
    CHECK(power[i] >= 0);
    if (i % stride == 0) before_.push_back(total_);
    total_ += power[i];
  }
  const bool alike = std::all_of(power.begin(), power.end(), [&](double p) { return p == power.front(); });
  power_ = alike && nodes_ > 0 ? std::vector<double>{power.front()} : std::move(power);
  left_ = draws_.exponential();
  choice_ = draws_.uniform();
  accept_ = draws_.uniform();
  draws_.seek(draws_per_candidate);
}

void Lottery::settle(Time now, NodeId node) {
  const std::size_t i = node.index();
  if (target_[i] > 0) {
    if (tried_.empty()) tried_.resize(nodes_);
    tried_[i] += power_of(i) * (now - since(i)).seconds();
  }
  if (since(i) == now) return;
  if (since_.empty()) since_.resize(nodes_);
  since_[i] = now;
}

void Lottery::mine(Time now, NodeId node, double hashes) {
  CHECK(hashes > 0);
  const std::size_t i = node.index();
  if (power_of(i) <= 0 || target_[i] == hashes) return;
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
  // The first node with which the sum is larger; sums are added up in the order in which the total was.
  const double wanted = point * total_;
  const auto group = std::upper_bound(before_.begin(), before_.end(), wanted) - before_.begin();
  std::size_t i = group == 0 ? 0 : static_cast<std::size_t>(group - 1) * stride;
  double sum = group == 0 ? 0 : before_[static_cast<std::size_t>(group - 1)];
  while (i < nodes_ && (sum += power_of(i)) <= wanted) ++i;
  return NodeId::of(std::min(i, nodes_ - 1));
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
  return tried(i) + (target_[i] > 0 ? power_of(i) * (now - since(i)).seconds() : 0);
}

double Lottery::hashes_tried(Time now) const {
  double sum = 0;
  for (std::size_t i = 0; i < nodes_; ++i) sum += hashes_tried(now, NodeId::of(i));
  return sum;
}

}  // namespace peerlab
