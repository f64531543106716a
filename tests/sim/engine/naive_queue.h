// The stupid twin of the event queue: a sorted set. It says what the clever one must do.
#pragma once

#include <cstddef>
#include <set>

#include "sim/engine/event.h"

namespace peerlab {

class NaiveQueue {
 public:
  void push(const Event& event) { events_.insert(event); }
  bool pop_before(Time horizon, Event& out) {
    if (events_.empty() || events_.begin()->at >= horizon) return false;
    out = *events_.begin();
    events_.erase(events_.begin());
    return true;
  }
  [[nodiscard]] std::size_t size() const { return events_.size(); }

 private:
  struct Before {
    bool operator()(const Event& a, const Event& b) const { return comes_before(a, b); }
  };
  std::set<Event, Before> events_;
};

}  // namespace peerlab
