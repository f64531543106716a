// A small run told message by message: three peers, a block that spreads, a message that is lost, a cut.
#pragma once

#include <string>

#include "analysis/observation/message_rows.h"
#include "analysis/report/recording.h"

namespace peerlab {

class ExampleMessages {
 public:
  ExampleMessages() {
    cast.system = "p2p";
    cast.roles = {"peer"};
    cast.regions = {"EU", "NA"};
    cast.faults = {{"a \"cut\"", "partition"}};
    for (std::uint32_t i = 0; i < 3; ++i) {
      CastNode node;
      node.machine = MachineId(i);
      node.user = UserId(i);
      node.region = RegionId(i % 2);
      cast.nodes.push_back(node);
    }
    recorder.begin(cast);
    log.begin(1000);
    audience.add(recorder);
    audience.add(log);
    tell(0.5, nobody, happened::fault_began, 0, 0, 0);
    tell(1, NodeId(0), happened::block_mined, 1, 0xb1, 0xb0);
    send(1.001, 0, 1, 1, 250, 1);
    send(1.001, 0, 2, 1, 250, 2);
    tell(1.051, NodeId(1), happened::message_received, 250, 1, message_detail(NodeId(0), 1));
    tell(1.051, NodeId(1), happened::block_held, 0, 0xb1, 0);
    send(1.052, 1, 2, 0, 61, 3);
    tell(1.08, NodeId(1), happened::message_dropped, 61, no_message, message_detail(NodeId(0), 0));
    tell(1.09, NodeId(1), happened::message_dropped, 61, 3, message_detail(NodeId(2), 0));
    tell(1.101, NodeId(2), happened::message_received, 250, 2, message_detail(NodeId(0), 1));
    tell(1.2, NodeId(2), happened::machine_down, 0, 0, 0);
    tell(1.5, nobody, happened::fault_ended, 0, 0, 0);
    send(1.6, 0, 1, 0, 61, 4);  // the run ends first
  }

  [[nodiscard]] std::string recording() const {
    const RecordedMessages messages{message_passages(log.rows()), log.left_out(), kinds};
    return recording_json(recorder, cast, at(1.61), {{NodeId(0), NodeId(1)}, {NodeId(1), NodeId(2)}}, &messages);
  }
  static Time at(double seconds) { return Time{static_cast<std::int64_t>(seconds * 1e6 + 0.5) * 1000}; }

  Cast cast;
  Recorder recorder;
  EventLog log;
  std::vector<MessageKindRow> kinds = {{0, "inventory", false, nullptr, nullptr, nullptr, nullptr},
                                       {1, "block", true, nullptr, nullptr, nullptr, nullptr}};

 private:
  void tell(double seconds, NodeId who, HappeningKind kind, std::uint32_t amount, std::uint64_t subject,
            std::uint64_t detail) {
    audience.tell({at(seconds), who, kind, amount, subject, detail});
  }
  void send(double seconds, std::uint32_t from, std::uint32_t to, MessageKind kind, std::uint32_t bytes,
            std::uint64_t number) {
    tell(seconds, NodeId(from), happened::message_sent, bytes, number, message_detail(NodeId(to), kind));
  }

  Audience audience;
};

}  // namespace peerlab
