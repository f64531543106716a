// A recorded run as the JSON that a report's script reads.
//
// {"tick_s", "end", "nodes", "every", "left_out": {"steps", "marks"}, "shown": [node], "role": [place], "region": [place],
// "store": [0|1], "attacker": [0|1], "user": [0|1], "roles", "regions", "faults": [{"name", "what"}], "marks": [[tick, kind, number, node]],
// "steps": [[id, parent's place or -1, height, maker, tick, 1 if an entry of a log, bytes, transactions]], "links": [a, b, a, b ...], "events", "messages":
// {"kinds": [name], "many", "left_out", "data"}}. The lists by node are in the order of `shown`; links are there for up to 300 nodes; bytes and
// transactions are 0 where they are not known; messages are there where they were logged. `events` is base64 of a row of numbers, seven bits a byte, lowest first,
// the top bit set where another byte follows. First, for each step: how many hold it, and for each of these, by rising time, the ticks since the one
// before (the first: since the step was made) and twice the node's place in `shown`, plus one if it moved its tip there in that moment. Then how
// many other events there are, and for each the ticks since the one before, the node's place, and 0: off, 1: on, s + 2: tip at step s.
// `data` is such a row too, six numbers a message, by rising time: microseconds since the one before, sender, receiver, place of its kind,
// bytes, and twice the microseconds until it was there, plus one if it came, not if it was dropped then.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analysis/measures/recorder.h"
#include "analysis/report/passages.h"
#include "models/node/message_kind_row.h"

namespace peerlab {

struct RecordedMessages {
  std::vector<MessagePassage> passages;     ///< the first `most` of them
  std::uint64_t left_out = 0;               ///< rows of the log that were not kept
  std::span<const MessageKindRow> kinds{};  ///< for their names
  static constexpr std::size_t most = 60'000;
};

/// `end` is when the run ended; `links` who was linked to whom at the start; without `messages` none are told.
std::string recording_json(const Recorder& recorder, const Cast& cast, Time end,
                           const std::vector<std::pair<NodeId, NodeId>>& links,
                           const RecordedMessages* messages = nullptr);

}  // namespace peerlab
