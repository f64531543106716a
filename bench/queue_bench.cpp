// What does a pending event cost? The hold model: a queue of N events, of which the first is taken and a new one put in,
// again and again, with exponential waits of one second. The wheel stands against what the standard library offers, with
// the same 32-byte events, the same order and the same draws in the same run.
//
// Each line reports nanoseconds for one pop and one push; `of_priority_queue` is the wheel's time over that of
// std::priority_queue at the same N, measured a moment before. The goal is at most 0.25 at a million.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <queue>
#include <vector>

#include "models/base/random.h"
#include "sim/engine/event_queue.h"

namespace peerlab {
namespace {

struct After {
  bool operator()(const Event& a, const Event& b) const { return comes_before(b, a); }
};

class StandardQueue {
 public:
  void push(const Event& event) { queue_.push(event); }
  bool pop_before(Time horizon, Event& out) {
    if (queue_.empty() || queue_.top().at >= horizon) return false;
    out = queue_.top();
    queue_.pop();
    return true;
  }

 private:
  std::priority_queue<Event, std::vector<Event>, After> queue_;
};

// A binary heap that replaces its top when a pop is followed by a push: one way down instead of two. It is the best that a
// heap can do here.
class ReplacingHeap {
 public:
  void push(const Event& event) {
    if (hole_) {
      hole_ = false;
      sink(event);
    } else {
      heap_.push_back(event);
      std::push_heap(heap_.begin(), heap_.end(), After{});
    }
  }
  bool pop_before(Time horizon, Event& out) {
    if (hole_) {
      hole_ = false;
      const Event last = heap_.back();
      heap_.pop_back();
      if (!heap_.empty()) sink(last);
    }
    if (heap_.empty() || heap_.front().at >= horizon) return false;
    out = heap_.front();
    hole_ = true;
    return true;
  }

 private:
  void sink(const Event& event) {
    std::size_t at = 0;
    for (std::size_t child = 1; child < heap_.size(); child = 2 * at + 1) {
      if (child + 1 < heap_.size() && comes_before(heap_[child + 1], heap_[child])) ++child;
      if (!comes_before(heap_[child], event)) break;
      heap_[at] = heap_[child];
      at = child;
    }
    heap_[at] = event;
  }
  std::vector<Event> heap_;
  bool hole_ = false;
};

// Waits are drawn before the clock starts, so that they cost one read.
const std::vector<std::int64_t>& waits() {
  static const std::vector<std::int64_t> drawn = [] {
    Stream stream(1, purpose("queue bench"));
    std::vector<std::int64_t> all(1U << 20);
    for (std::int64_t& wait : all) wait = static_cast<std::int64_t>(stream.exponential() * 1e9);
    return all;
  }();
  return drawn;
}

// Time of the last measurement of std::priority_queue, by number of pending events.
double& standard_ns(std::int64_t pending) {
  static std::vector<std::pair<std::int64_t, double>> measured;
  for (auto& [n, ns] : measured) {
    if (n == pending) return ns;
  }
  return measured.emplace_back(pending, 0.0).second;
}

template <class Queue>
double hold(benchmark::State& state) {
  const std::vector<std::int64_t>& wait = waits();
  const auto pending = static_cast<std::uint64_t>(state.range(0));
  Queue queue;
  std::uint64_t sequence = 0;
  Event event;
  const auto put = [&](Time now) {
    event.at = now + nanoseconds(wait[sequence & (wait.size() - 1)]);
    event.key = event_key(EventClass::arrival, 1, sequence);
    ++sequence;
    queue.push(event);
  };
  const auto turn = [&] {
    benchmark::DoNotOptimize(queue.pop_before(Time::never(), event));
    put(event.at);
  };
  for (std::uint64_t i = 0; i < pending; ++i) put(Time{});
  for (std::uint64_t i = 0; i < std::max<std::uint64_t>(pending, 200'000); ++i) turn();  // until it is steady

  double seconds = 0;
  std::uint64_t turns = 0;
  for (auto _ : state) {
    constexpr int batch = 100'000;
    const std::clock_t begin = std::clock();  // processor time: other programs do not count
    for (int i = 0; i < batch; ++i) turn();
    const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    state.SetIterationTime(took);
    seconds += took;
    turns += batch;
  }
  const double ns = seconds * 1e9 / static_cast<double>(turns);
  state.counters["ns_per_pop_push"] = ns;
  return ns;
}

void standard_priority_queue(benchmark::State& state) { standard_ns(state.range(0)) = hold<StandardQueue>(state); }
void replacing_binary_heap(benchmark::State& state) { hold<ReplacingHeap>(state); }
void event_queue(benchmark::State& state) {
  const double ns = hold<EventQueue>(state);
  const double standard = standard_ns(state.range(0));
  if (standard > 0) state.counters["of_priority_queue"] = ns / standard;
}

// The number of batches is given, because a larger queue takes longer to fill than to measure.
#define QUEUE(name, pending, batches) \
  BENCHMARK(name)->Arg(pending)->Iterations(batches)->UseManualTime()->Unit(benchmark::kMillisecond)
QUEUE(standard_priority_queue, 1'000, 40);
QUEUE(replacing_binary_heap, 1'000, 40);
QUEUE(event_queue, 1'000, 40);
QUEUE(standard_priority_queue, 100'000, 20);
QUEUE(replacing_binary_heap, 100'000, 20);
QUEUE(event_queue, 100'000, 20);
QUEUE(standard_priority_queue, 1'000'000, 10);
QUEUE(replacing_binary_heap, 1'000'000, 10);
QUEUE(event_queue, 1'000'000, 10);
QUEUE(standard_priority_queue, 10'000'000, 10);
QUEUE(event_queue, 10'000'000, 10);

}  // namespace
}  // namespace peerlab
