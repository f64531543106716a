// The wheel against a sorted set, step by step: pushes near and far, ties, horizons that stop short, and pushes behind
// what the wheel has already looked at.
#include <gtest/gtest.h>

#include <vector>

#include "models/base/random.h"
#include "sim/engine/event_queue.h"
#include "tests/sim/engine/naive_queue.h"

namespace peerlab {
namespace {

class Twins {
 public:
  explicit Twins(std::uint64_t seed) : stream_(seed, purpose("queue twins")) {}

  void steps(int count) {
    // Each stretch has its own habits, so that all mixtures come up: how far ahead, how often a tie, how much is pushed.
    for (int i = 0; i < count; ++i) {
      if (i % 500 == 0) change_habits();
      const std::uint64_t dice = stream_.below(100);
      if (dice < push_share_) {
        push();
      } else if (dice < 90) {
        pop(Time::never());
      } else {
        look_ahead();
      }
      if (testing::Test::HasFatalFailure()) return;
    }
    while (naive_.size() > 0) {
      const std::size_t before = naive_.size();
      pop(Time::never());
      if (testing::Test::HasFatalFailure()) return;
      if (naive_.size() == before) break;  // only events at never are left
    }
    EXPECT_EQ(wheel_.size(), naive_.size());
  }

 private:
  void change_habits() {
    reach_bits_ = stream_.below(4) == 0 ? 62 : 1 + static_cast<int>(stream_.below(45));
    ties_ = stream_.below(3) == 0;
    push_share_ = 20 + stream_.below(60);
  }
  void push() {
    const std::uint64_t reach = std::uint64_t{1} << stream_.below(static_cast<std::uint64_t>(reach_bits_) + 1);
    std::uint64_t wait = stream_.below(reach);
    if (ties_) wait &= ~std::uint64_t{0xfff};
    const std::uint64_t room = static_cast<std::uint64_t>(Time::never().ns - now_.ns);
    const Time at = wait > room ? Time::never() : Time{now_.ns + static_cast<std::int64_t>(wait)};
    const auto what = static_cast<EventClass>(stream_.below(7));
    const auto source = static_cast<std::uint32_t>(stream_.below(20));
    const Event event{at, event_key(what, source, sequence_), NodeId(source), NodeId(3), sequence_};
    ++sequence_;
    wheel_.push(event);
    naive_.push(event);
  }
  void pop(Time horizon) {
    Event ours;
    Event truth;
    const bool there = naive_.pop_before(horizon, truth);
    ASSERT_EQ(wheel_.pop_before(horizon, ours), there);
    ASSERT_EQ(wheel_.size(), naive_.size());
    if (!there) return;
    ASSERT_EQ(ours.at, truth.at);
    ASSERT_EQ(ours.key, truth.key);
    ASSERT_EQ(ours.to, truth.to);
    ASSERT_EQ(ours.payload, truth.payload);
    now_ = ours.at;
  }
  void look_ahead() {
    const std::uint64_t ahead =
        stream_.below(std::uint64_t{1} << stream_.below(static_cast<std::uint64_t>(reach_bits_) + 1));
    const std::uint64_t room = static_cast<std::uint64_t>(Time::never().ns - now_.ns);
    pop(ahead > room ? Time::never() : Time{now_.ns + static_cast<std::int64_t>(ahead)});
  }

  Stream stream_;
  EventQueue wheel_;
  NaiveQueue naive_;
  Time now_{};
  std::uint64_t sequence_ = 0;
  int reach_bits_ = 30;
  bool ties_ = false;
  std::uint64_t push_share_ = 50;
};

TEST(EventQueueTwins, AgreeOnManyShortRuns) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Twins twins(seed);
    twins.steps(1500);
    ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed;
  }
}

// Long enough for the wheel to change the width of its buckets several times.
TEST(EventQueueTwins, AgreeOnLongRuns) {
  for (std::uint64_t seed = 1000; seed < 1003; ++seed) {
    Twins twins(seed);
    twins.steps(600'000);
    ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed;
  }
}

// The host's pattern: run to a horizon, push between the last event and the horizon, go on. Dense enough to rebuild.
TEST(EventQueueTwins, AgreeWhenARunIsCutIntoWindows) {
  Stream stream(5, purpose("queue windows"));
  EventQueue wheel;
  NaiveQueue naive;
  std::uint64_t sequence = 0;
  Time now{};
  const auto push = [&](Time at) {
    const Event event{at, event_key(EventClass::arrival, 1, sequence), NodeId(1), NodeId(1), sequence};
    ++sequence;
    wheel.push(event);
    naive.push(event);
  };
  std::uint64_t popped = 0;
  for (int window = 1; window <= 3000; ++window) {
    const Time horizon = Time{} + milliseconds(10) * window;
    const auto burst = static_cast<int>(stream.below(200));
    for (int i = 0; i < burst; ++i) {
      const auto wait = static_cast<std::int64_t>(stream.below(window % 7 == 0 ? 400 : 40'000'000));
      push(now + nanoseconds(wait));
    }
    Event ours;
    Event truth;
    while (naive.pop_before(horizon, truth)) {
      ASSERT_TRUE(wheel.pop_before(horizon, ours));
      ASSERT_EQ(ours.key, truth.key);
      ASSERT_EQ(ours.at, truth.at);
      now = ours.at;
      if (++popped % 3 == 0) push(now + nanoseconds(static_cast<std::int64_t>(stream.below(30'000'000))));
    }
    ASSERT_FALSE(wheel.pop_before(horizon, ours));
  }
  EXPECT_GT(popped, 200'000U);
}

}  // namespace
}  // namespace peerlab
