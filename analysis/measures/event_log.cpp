#include "analysis/measures/event_log.h"

#include "analysis/observation/message_rows.h"

namespace peerlab {

std::span<const HappeningKind> EventLog::kinds() const {
  static constexpr HappeningKind all[] = {happened::message_sent, happened::message_received, happened::message_dropped,
                                          happened::block_mined,  happened::log_grew,         happened::tip_moved,
                                          happened::reorganised,  happened::machine_up,       happened::machine_down,
                                          happened::fault_began,  happened::fault_ended};
  return all;
}

}  // namespace peerlab
