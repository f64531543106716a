#include "sim/engine/event_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "models/base/random.h"

namespace peerlab {
namespace {

Event event(Time at, std::uint64_t sequence, std::uint32_t source = 1, EventClass what = EventClass::timer) {
  return {at, event_key(what, source, sequence), NodeId(1), nobody, sequence};
}

TEST(EventQueue, PopsNothingAtTheHorizonItself) {
  EventQueue queue;
  queue.push(event(Time{1000}, 1));
  Event out;
  EXPECT_FALSE(queue.pop_before(Time{1000}, out));
  EXPECT_EQ(queue.size(), 1U);
  EXPECT_TRUE(queue.pop_before(Time{1001}, out));
  EXPECT_EQ(out.payload, 1U);
  EXPECT_TRUE(queue.empty());
  EXPECT_FALSE(queue.pop_before(Time::never(), out));
}

// After "nothing before the horizon" the host may still push anything from the last popped instant on, for instance a
// lottery win between now and an event that is already waiting.
TEST(EventQueue, AcceptsAnEarlierEventAfterLookingAhead) {
  EventQueue queue;
  Event out;
  queue.push(event(Time{} + seconds(1), 1));
  queue.push(event(Time{} + hours(30), 2));
  ASSERT_TRUE(queue.pop_before(Time{} + hours(20), out));
  ASSERT_FALSE(queue.pop_before(Time{} + hours(20), out));
  queue.push(event(Time{} + seconds(2), 3));
  queue.push(event(Time{} + seconds(1), 4));
  ASSERT_TRUE(queue.pop_before(Time{} + hours(20), out));
  EXPECT_EQ(out.payload, 4U);
  ASSERT_TRUE(queue.pop_before(Time{} + hours(20), out));
  EXPECT_EQ(out.payload, 3U);
  ASSERT_TRUE(queue.pop_before(Time{} + hours(40), out));
  EXPECT_EQ(out.payload, 2U);
}

TEST(EventQueue, ReachesTheEndOfTimeInSteps) {
  EventQueue queue;
  Event out;
  std::vector<std::int64_t> times;
  for (int bit = 62; bit >= 0; --bit) times.push_back(std::int64_t{1} << bit);
  times.push_back(Time::never().ns - 1);
  for (std::size_t i = 0; i < times.size(); ++i) queue.push(event(Time{times[i]}, i));
  Time last{};
  for (std::size_t i = 0; i < times.size(); ++i) {
    ASSERT_TRUE(queue.pop_before(Time::never(), out));
    ASSERT_LT(last, out.at);
    last = out.at;
  }
  EXPECT_EQ(last.ns, Time::never().ns - 1);
}

// An event at Time::never() waits for ever without standing in the way.
TEST(EventQueue, NeverReturnsAnEventAtNever) {
  EventQueue queue;
  Event out;
  queue.push(event(Time::never(), 1));
  queue.push(event(Time{} + hours(1), 2));
  EXPECT_TRUE(queue.pop_before(Time::never(), out));
  EXPECT_FALSE(queue.pop_before(Time::never(), out));
  EXPECT_EQ(queue.size(), 1U);
}

TEST(EventQueueDeathTest, RefusesThePastAndTwins) {
  EventQueue queue;
  Event out;
  queue.push(event(Time{50}, 1));
  ASSERT_TRUE(queue.pop_before(Time::never(), out));
  EXPECT_EXIT(queue.push(event(Time{49}, 2)), testing::ExitedWithCode(70), "into the past");
  queue.push(event(Time{60}, 3));
  queue.push(event(Time{60}, 3));
  ASSERT_TRUE(queue.pop_before(Time::never(), out));
  EXPECT_EXIT((void)queue.pop_before(Time::never(), out), testing::ExitedWithCode(70), "same time and key");
}

// A steady run must not allocate: memory is that of the first round, however long it runs.
TEST(EventQueue, HoldsItsMemoryInASteadyState) {
  EventQueue queue;
  Stream stream(1, purpose("queue test"));
  Event out;
  std::uint64_t sequence = 0;
  const auto later = [&](Time now) {
    const auto wait = static_cast<std::int64_t>(stream.below(2'000'000'000));
    return event(now + nanoseconds(wait), sequence++);
  };
  for (int i = 0; i < 20'000; ++i) queue.push(later(Time{}));
  const auto turn = [&](int pops) {
    for (int i = 0; i < pops; ++i) {
      ASSERT_TRUE(queue.pop_before(Time::never(), out));
      queue.push(later(out.at));
    }
  };
  turn(400'000);
  const std::size_t memory = queue.memory();
  turn(2'000'000);
  EXPECT_LE(queue.memory(), memory + memory / 8);
}

TEST(EventQueue, FitsItsBucketsToTheTraffic) {
  const auto width_after = [](std::int64_t mean_wait_ns, int pending) {
    EventQueue queue;
    Stream stream(2, purpose("queue test"));
    Event out;
    std::uint64_t sequence = 0;
    Time now{};
    const auto push = [&] {
      const auto wait = static_cast<std::int64_t>(stream.below(2 * static_cast<std::uint64_t>(mean_wait_ns)));
      queue.push(event(now + nanoseconds(wait), sequence++));
    };
    for (int i = 0; i < pending; ++i) push();
    for (int i = 0; i < 1'000'000; ++i) {
      EXPECT_TRUE(queue.pop_before(Time::never(), out));
      now = out.at;
      push();
    }
    return queue.bucket_width();
  };
  // 100,000 pending events 100 ms ahead are one a microsecond; 100 events 600 s ahead are one in six seconds.
  EXPECT_LE(width_after(100'000'000, 100'000), microseconds(40));
  EXPECT_GE(width_after(600'000'000'000, 100), microseconds(500));
}

// Narrow buckets span nine years; later events wait outside the wheel and must still come in order.
TEST(EventQueue, KeepsTheFarFutureInOrderWhileBucketsAreNarrow) {
  EventQueue queue;
  Event out;
  std::uint64_t sequence = 0;
  Time now{};
  const auto push = [&](Time at) { queue.push(event(at, sequence++)); };
  for (int i = 0; i < 1000; ++i) push(Time{i % 100});
  for (int i = 0; i < 200'000; ++i) {  // all within a few microseconds: the buckets become as narrow as they can
    ASSERT_TRUE(queue.pop_before(Time::never(), out));
    now = out.at;
    push(now + nanoseconds(1 + static_cast<std::int64_t>(sequence % 100)));
  }
  ASSERT_EQ(queue.bucket_width(), nanoseconds(1024));
  for (const int years : {200, 20, 100, 12, 290, 100}) push(now + hours(24 * 365) * years);
  std::vector<std::int64_t> years;
  while (queue.pop_before(Time::never(), out)) {
    const std::int64_t after = (out.at - now).ns / hours(24 * 365).ns;
    if (after > 0) years.push_back(after);
    if (after == 20 && years.size() == 2) push(out.at + nanoseconds(5));  // near again
  }
  EXPECT_EQ(years, (std::vector<std::int64_t>{12, 20, 20, 100, 100, 200, 290}));
}

TEST(EventQueue, ShuffledTiesKeepClassesAndEverySourcesOrder) {
  EventQueue queue(TieOrder{42});
  const Time at{1'000'000};
  for (std::uint64_t sequence = 0; sequence < 3; ++sequence) {
    for (std::uint32_t source = 0; source < 50; ++source) {
      queue.push(event(at, sequence, source, EventClass::arrival));
      queue.push(event(at, sequence, source, EventClass::timer));
    }
  }
  Event out;
  std::vector<std::uint32_t> sources;
  std::vector<std::uint64_t> next(50, 0);
  EventClass last = EventClass::arrival;
  while (queue.pop_before(Time::never(), out)) {
    ASSERT_LE(last, class_of(out));
    if (class_of(out) != last) next.assign(50, 0);
    last = class_of(out);
    ASSERT_EQ(sequence_of(out), next[source_of(out)]++);
    if (class_of(out) == EventClass::arrival && sequence_of(out) == 0) sources.push_back(source_of(out));
  }
  ASSERT_EQ(sources.size(), 50U);
  EXPECT_FALSE(std::is_sorted(sources.begin(), sources.end()));
  EXPECT_EQ(std::set<std::uint32_t>(sources.begin(), sources.end()).size(), 50U);
}

// Each of two sources must win about half of their ties.
TEST(EventQueue, ShuffledTiesFavourNobody) {
  EventQueue queue(TieOrder{7});
  Event out;
  int first = 0;
  constexpr int instants = 4000;
  for (int i = 1; i <= instants; ++i) {
    queue.push(event(Time{i}, static_cast<std::uint64_t>(i), 3));
    queue.push(event(Time{i}, static_cast<std::uint64_t>(i), 9000));
    ASSERT_TRUE(queue.pop_before(Time::never(), out));
    first += source_of(out) == 3 ? 1 : 0;
    ASSERT_TRUE(queue.pop_before(Time::never(), out));
  }
  EXPECT_NEAR(first, instants / 2, 3.9 * 31.6);  // standard deviation sqrt(4000) / 2
}

}  // namespace
}  // namespace peerlab
