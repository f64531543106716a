// A run event by event, as text for other programs: one JSON object a line, and the events of a Chrome trace, which ui.perfetto.dev opens.
//
// A line: {"system", "t" in seconds, "event", ...}. Events are sent, received and dropped (node, to or from, kind, bytes, message: a
// number that the three share, null where it never got on its way), block and entry (node, block, parent, height), tip, reorganised
// (undone, applied), off, on, fault begins and fault ends. A trace that was cut short ends with a line that says so.
//
// In the Chrome trace a system is a process and a node a thread; what a node sends and receives are slices, a message is an arrow
// between two of them, and blocks, reorganisations, machines and faults are instants. It is meant for runs of few nodes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "analysis/measures/event_log.h"
#include "analysis/observation/cast.h"
#include "models/node/message_kind_row.h"

namespace peerlab {

struct TracedRun {
  std::string_view system;
  std::size_t number = 0;  ///< of the system, for the order of processes
  const Cast& cast;
  const EventLog& log;
  std::span<const MessageKindRow> kinds{};
};

/// Lines that end with a newline.
std::string events_jsonl(const TracedRun& run);
/// Objects for "traceEvents", with commas between them; empty for runs of more than `most_threads` nodes.
std::string perfetto_events(const TracedRun& run);
inline constexpr std::size_t most_threads = 1000;
/// The whole file, of the events of several runs.
std::string perfetto_json(std::span<const std::string> runs);

}  // namespace peerlab
