// An event: 32 bytes that say when, in which order among equals, to whom, from whom, and what.
//
// Events are ordered by time, and equal times by the key: first the class, then the source (the node that caused the
// event), then the source's own running number. This order names no global insertion counter, so it survives an
// unrelated event, another node, and one run being spread over several processes.
//
// Example, all at 5 s: a disturbance comes before a message from node 3 (its number 8, then its number 9), that before a
// message from node 4, that before a timer of node 1, that before an audit.
#pragma once

#include <cstdint>

#include "models/base/check.h"
#include "models/base/ids.h"
#include "models/base/time.h"

namespace peerlab {

/// What sort of event. The order of the list is the order of events at equal times.
enum class EventClass : std::uint8_t {
  disturbance,  ///< something befalls machines or links
  lottery,      ///< somebody may have found a block
  arrival,      ///< a message reaches the receiver's downlink
  delivery,     ///< a message has come through the downlink
  timer,
  request,  ///< a user wants something
  audit,
};

struct Event {
  Time at;
  std::uint64_t key = 0;      ///< made by event_key; unique among events of the same time
  NodeId to;                  ///< who handles it
  NodeId from;                ///< who sent it
  std::uint64_t payload = 0;  ///< a message's eight bytes, or a tag; meaning set by the class
};
static_assert(sizeof(Event) == 32);

inline constexpr int source_bits = 24;
inline constexpr int sequence_bits = 37;

// Sources that are no nodes: the last of the 2^24 numbers. Node ids stay below 2^24 - 16.
inline constexpr std::uint32_t disturbance_source = (1U << source_bits) - 1;
inline constexpr std::uint32_t lottery_source = (1U << source_bits) - 2;
inline constexpr std::uint32_t workload_source = (1U << source_bits) - 3;
inline constexpr std::uint32_t audit_source = (1U << source_bits) - 4;
inline constexpr std::uint32_t most_node_sources = (1U << source_bits) - 16;

/// Packs class, source and the source's running number into a key that compares in that order.
constexpr std::uint64_t event_key(EventClass what, std::uint32_t source, std::uint64_t sequence) {
  CHECK(source < 1U << source_bits);
  CHECK(sequence < std::uint64_t{1} << sequence_bits);
  return static_cast<std::uint64_t>(what) << (source_bits + sequence_bits) | std::uint64_t{source} << sequence_bits |
         sequence;
}
constexpr EventClass class_of(const Event& event) {
  return static_cast<EventClass>(event.key >> (source_bits + sequence_bits));
}
constexpr bool is_message(const Event& event) {
  return class_of(event) == EventClass::arrival || class_of(event) == EventClass::delivery;
}
constexpr std::uint32_t source_of(const Event& event) {
  return static_cast<std::uint32_t>(event.key >> sequence_bits) & ((1U << source_bits) - 1);
}
constexpr std::uint64_t sequence_of(const Event& event) {
  return event.key & ((std::uint64_t{1} << sequence_bits) - 1);
}

/// The total order of events.
constexpr bool comes_before(const Event& a, const Event& b) {
  return a.at.ns != b.at.ns ? a.at.ns < b.at.ns : a.key < b.key;
}
/// The same as a type, so that an algorithm takes it in.
struct ComesBefore {
  constexpr bool operator()(const Event& a, const Event& b) const { return comes_before(a, b); }
};

}  // namespace peerlab
