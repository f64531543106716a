// Messages from end to end, as a log of events has them: who sent what to whom, when it was there, or that it never was.
//
// A message counts once the log tells its end: what was under way when the log or the run ended is left out. What was dropped before it
// got on its way ends when it was sent.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/measures/event_log.h"
#include "models/node/message.h"

namespace peerlab {

struct MessagePassage {
  Time sent;
  Time ended;
  NodeId from;
  NodeId to;
  std::uint32_t bytes = 0;
  MessageKind kind = garbage_kind;
  bool arrived = false;

  friend bool operator==(const MessagePassage&, const MessagePassage&) = default;
};

/// In the order in which they were sent; `rows` are those of one run.
std::vector<MessagePassage> message_passages(const std::vector<Row>& rows);
/// At most `most` of them: all, or as many after each of the `instants`, and from shortly before it, as there is room for, and the first
/// ones where that leaves room.
std::vector<MessagePassage> passages_around(std::vector<MessagePassage> all, const std::vector<Time>& instants,
                                            std::size_t most);

}  // namespace peerlab
