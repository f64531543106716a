#include "sim/engine/event.h"

#include <gtest/gtest.h>

namespace peerlab {
namespace {

Event event(Time at, EventClass what, std::uint32_t source, std::uint64_t sequence) {
  return {at, event_key(what, source, sequence), NodeId(1), NodeId(2), 0};
}

TEST(Event, KeepsClassSourceAndSequenceApart) {
  const Event e = event(Time{7}, EventClass::timer, most_node_sources - 1, (std::uint64_t{1} << sequence_bits) - 1);
  EXPECT_EQ(class_of(e), EventClass::timer);
  EXPECT_EQ(source_of(e), most_node_sources - 1);
  EXPECT_EQ(sequence_of(e), (std::uint64_t{1} << sequence_bits) - 1);
}

// The order that the header's example promises, from the first to the last.
TEST(Event, OrdersEqualTimesByClassThenSourceThenSequence) {
  const Time at{5'000'000'000};
  const Event order[] = {
      event(Time{at.ns - 1}, EventClass::audit, 9, 9),
      event(at, EventClass::disturbance, disturbance_source, 4),
      event(at, EventClass::lottery, lottery_source, 0),
      event(at, EventClass::arrival, 3, 8),
      event(at, EventClass::arrival, 3, 9),
      event(at, EventClass::arrival, 4, 0),
      event(at, EventClass::delivery, 0, 0),
      event(at, EventClass::timer, 1, 0),
      event(at, EventClass::request, workload_source, 0),
      event(at, EventClass::audit, audit_source, 0),
      event(Time{at.ns + 1}, EventClass::disturbance, 0, 0),
  };
  for (std::size_t i = 0; i + 1 < std::size(order); ++i) {
    EXPECT_TRUE(comes_before(order[i], order[i + 1])) << i;
    EXPECT_FALSE(comes_before(order[i + 1], order[i])) << i;
  }
}

TEST(EventDeathTest, RefusesASourceOrSequenceThatDoesNotFit) {
  EXPECT_EXIT((void)event_key(EventClass::timer, 1U << source_bits, 0), testing::ExitedWithCode(70), "source");
  EXPECT_EXIT((void)event_key(EventClass::timer, 0, std::uint64_t{1} << sequence_bits), testing::ExitedWithCode(70),
              "sequence");
}

}  // namespace
}  // namespace peerlab
