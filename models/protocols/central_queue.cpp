#include "models/protocols/central_queue.h"

#include <algorithm>
#include <tuple>

namespace peerlab {

bool ServiceQueue::admit(Job job, Time now) {
  if (in_hand_.size() < workers_) {
    take_up(std::move(job), now);
    return true;
  }
  if (waiting_.size() >= limit_) return false;
  waiting_.push_back(std::move(job));
  return true;
}

void ServiceQueue::take_up(Job job, Time now) {
  const double ns = service_ ? std::max(0.0, service_->sample(chance_)) : 0.0;
  constexpr double longest = 9e18;
  const Duration span{static_cast<std::int64_t>(std::min(ns, longest) + 0.5)};
  const Time until = Time::never() - span < now ? Time::never() : now + span;
  in_hand_.push_back({until, order_++, std::move(job)});
}

std::span<const Job> ServiceQueue::finished(Time now) {
  done_.clear();
  for (;;) {
    const auto first = std::min_element(in_hand_.begin(), in_hand_.end(), [](const InHand& a, const InHand& b) {
      return std::tie(a.until, a.order) < std::tie(b.until, b.order);
    });
    if (first == in_hand_.end() || first->until > now) break;
    done_.push_back(std::move(first->job));
    if (first != in_hand_.end() - 1) *first = std::move(in_hand_.back());
    in_hand_.pop_back();
  }
  while (in_hand_.size() < workers_ && !waiting_.empty()) {
    take_up(std::move(waiting_.front()), now);
    waiting_.pop_front();
  }
  return done_;
}

Time ServiceQueue::next() const {
  Time soonest = Time::never();
  for (const InHand& h : in_hand_) soonest = std::min(soonest, h.until);
  return soonest;
}

void ServiceQueue::clear() {
  in_hand_.clear();
  waiting_.clear();
}

}  // namespace peerlab
