// Random traffic against what must always hold, and against a twin that does it the slow way.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <vector>

#include "models/network/access.h"
#include "models/network/network_model.h"
#include "sim/engine/event_queue.h"
#include "sim/fabric/fabric.h"

namespace peerlab {
namespace {

struct Sent {
  MachineId from;
  MachineId to;
  std::uint32_t bytes = 0;
  bool bulk = false;
  Time departed;
  Time arrived;
  Time delivered;
};

NetworkModel random_model(Stream& stream, std::uint32_t machines, UplinkLaw law) {
  NetworkModel model;
  for (std::uint32_t i = 0; i < machines; ++i) {
    const auto up = static_cast<double>(1 + stream.below(20)) * 1e6;
    const auto down = static_cast<double>(1 + stream.below(50)) * 1e6;
    model.machines.push_back({RegionId::of(stream.below(6)), access_custom, up, down});
  }
  model.latency = LatencyMap(Distribution::uniform(1e6, 300e6));
  model.uplink = law;
  model.bulk_overhead = milliseconds(2);
  model.control_overhead = milliseconds(10);
  return model;
}

// Sends `count` random messages in the order of time and carries each through both steps in the order of events.
std::vector<Sent> run(Fabric& fabric, Stream& stream, std::uint32_t machines, int count) {
  std::vector<Sent> all;
  EventQueue queue;
  Time now{};
  for (int i = 0; i < count; ++i) {
    now = now + nanoseconds(static_cast<std::int64_t>(stream.below(40'000'000)));
    Sent m;
    m.from = MachineId::of(stream.below(machines));
    m.to = MachineId::of((m.from.value + 1 + stream.below(machines - 1)) % machines);
    m.bulk = stream.below(3) == 0;
    m.bytes = static_cast<std::uint32_t>(m.bulk ? 1461 + stream.below(500'000) : 20 + stream.below(1441));
    m.departed = now;
    queue.push(
        {now, event_key(EventClass::timer, 0, static_cast<std::uint64_t>(i)), {}, {}, static_cast<std::uint64_t>(i)});
    all.push_back(m);
  }
  Event event;
  while (queue.pop_before(Time::never(), event)) {
    Sent& m = all[event.payload];
    if (class_of(event) == EventClass::timer) {
      m.arrived = fabric.depart(m.from, m.to, m.bytes, m.bulk, event.at).at;
      queue.push({m.arrived, event_key(EventClass::arrival, m.from.value, event.payload), {}, {}, event.payload});
    } else {
      m.delivered = fabric.arrive(m.from, m.to, m.bytes, event.at).at;
    }
  }
  return all;
}

// The nanoseconds that these bytes need at that rate, less what rounding each of 600 messages may take off.
std::int64_t least_ns(double bytes, double bits) { return static_cast<std::int64_t>(bytes * 8e9 / bits) - 300; }

class Traffics : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Traffics, CountsEveryByteOnce) {
  Stream stream(GetParam(), purpose("fabric traffic"));
  const auto law = GetParam() % 2 == 0 ? UplinkLaw::fifo : UplinkLaw::one_at_a_time;
  Fabric fabric(random_model(stream, 6, law), GetParam());
  const std::vector<Sent> all = run(fabric, stream, 6, 800);
  std::vector<std::uint64_t> sent(6);
  std::vector<std::uint64_t> received(6);
  for (const Sent& m : all) {
    sent[m.from.index()] += m.bytes;
    received[m.to.index()] += m.bytes;
  }
  std::uint64_t messages = 0;
  for (std::uint32_t i = 0; i < 6; ++i) {
    EXPECT_EQ(fabric.traffic(MachineId(i)).bytes_sent, sent[i]);
    EXPECT_EQ(fabric.traffic(MachineId(i)).bytes_received, received[i]);
    messages += fabric.traffic(MachineId(i)).messages_received;
  }
  EXPECT_EQ(messages, all.size());
}

// No link passes more than its rate. Reservations are made in the order of departures (uplink) or arrivals (downlink): for
// any window, a large message is delivered no sooner than all bytes reserved in it up to then need at that rate, and a
// small one, which passes between the packets of the large, no sooner than all small ones need.
TEST_P(Traffics, NeverExceedsTheRateOfALink) {
  Stream stream(GetParam(), purpose("fabric traffic"));
  NetworkModel model = random_model(stream, 5, UplinkLaw::fifo);
  model.latency = LatencyMap(Distribution::constant(30e6));
  Fabric fabric(model, GetParam());
  const std::vector<Sent> all = run(fabric, stream, 5, 600);
  for (std::uint32_t machine = 0; machine < 5; ++machine) {
    for (const bool down : {false, true}) {
      std::vector<Sent> mine;
      for (const Sent& m : all) {
        if ((down ? m.to : m.from) == MachineId(machine)) mine.push_back(m);
      }
      if (down)
        std::stable_sort(mine.begin(), mine.end(), [](const Sent& a, const Sent& b) { return a.arrived < b.arrived; });
      const double bits = down ? model.machines[machine].down_bits : model.machines[machine].up_bits;
      for (std::size_t first = 0; first < mine.size(); first += 7) {
        const Time begin = mine[first].departed;
        double bytes = 0;
        double small_bytes = 0;
        for (std::size_t i = first; i < mine.size(); ++i) {
          const Sent& m = mine[i];
          if (m.departed < begin) continue;
          bytes += m.bytes;
          if (!m.bulk) small_bytes += m.bytes;
          ASSERT_GE((m.delivered - begin).ns, least_ns(m.bulk ? bytes : small_bytes, bits)) << "machine " << machine;
        }
      }
    }
  }
}

// With a constant latency, a link hands over what one sender put on it in order: large after large, small after small.
TEST_P(Traffics, KeepsTheOrderOnALinkWithConstantLatency) {
  Stream stream(GetParam(), purpose("fabric traffic"));
  NetworkModel model = random_model(stream, 3, UplinkLaw::fifo);
  model.latency = LatencyMap(Distribution::constant(30e6));
  Fabric fabric(model, GetParam());
  const std::vector<Sent> all = run(fabric, stream, 3, 600);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      if (all[i].from != all[j].from || all[i].to != all[j].to || all[i].bulk != all[j].bulk) continue;
      // Small messages of different size may overtake each other by the time that they take at the receiver's link.
      if (!all[i].bulk && all[i].bytes != all[j].bytes) continue;
      ASSERT_LE(all[i].delivered, all[j].delivered);
    }
  }
}

// Nothing is faster than light: latency and the slower link are paid in full.
TEST_P(Traffics, NeverBeatsAnIdlePath) {
  Stream stream(GetParam(), purpose("fabric traffic"));
  NetworkModel model = random_model(stream, 4, UplinkLaw::fifo);
  model.latency = LatencyMap(Distribution::constant(30e6));
  Fabric fabric(model, GetParam());
  for (const Sent& m : run(fabric, stream, 4, 600)) {
    const double slower = std::min(model.machines[m.from.index()].up_bits, model.machines[m.to.index()].down_bits);
    ASSERT_GE((m.delivered - m.departed).ns, 30'000'000 + least_ns(m.bytes, slower));
    ASSERT_GE(m.delivered, m.arrived);
    ASSERT_GT(m.arrived, m.departed);
  }
}

// The twin of one-at-a-time keeps real queues: a machine holds a list of uploads and begins the next when the one at its
// head was delivered. Latency is drawn by a second fabric without queues, in the same order.
TEST_P(Traffics, UploadsOneAtATimeLikeItsTwin) {
  Stream stream(GetParam(), purpose("fabric traffic"));
  const NetworkModel model = random_model(stream, 4, UplinkLaw::one_at_a_time);
  Fabric fabric(model, GetParam());
  const std::vector<Sent> all = run(fabric, stream, 4, 500);

  NetworkModel only_latency = model;
  for (Place& place : only_latency.machines) place.up_bits = place.down_bits = 0;
  only_latency.uplink = UplinkLaw::fifo;
  Fabric latencies(only_latency, GetParam());
  std::vector<std::int64_t> way;
  for (const Sent& m : all)
    way.push_back((latencies.depart(m.from, m.to, m.bytes, m.bulk, m.departed).at - m.departed).ns);

  std::vector<Time> expected(all.size());
  std::vector<std::deque<std::size_t>> waiting(4);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].bulk) {
      waiting[all[i].from.index()].push_back(i);
    } else {
      expected[i] = all[i].departed + nanoseconds(way[i]);
    }
  }
  for (auto& queue : waiting) {
    Time free{};
    for (; !queue.empty(); queue.pop_front()) {
      const Sent& m = all[queue.front()];
      const double rate = std::min(model.machines[m.from.index()].up_bits, model.machines[m.to.index()].down_bits);
      const Time begin = m.departed < free ? free : m.departed;
      const auto transfer = static_cast<std::int64_t>(m.bytes * (8e9 / rate) + 0.5);
      free = begin + nanoseconds(way[queue.front()] + transfer);
      expected[queue.front()] = free;
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i].delivered, expected[i]) << i;
}

INSTANTIATE_TEST_SUITE_P(Seeds, Traffics, testing::Range<std::uint64_t>(0, 12));

}  // namespace
}  // namespace peerlab
