// Who checks that a write is visible, where he looks, and when it is there: one probe user for each write of a record.
//
// The probe of a write is drawn from a stream by the write's number among all users but the issuer: the same person in every system.
// He looks where he reads: at his own copy; a user without one at the places he may ask (the access peers or servers that his node
// is linked to at the start, or at that time where nodes choose their neighbours), of which the first that shows the write counts. That is an exact observation, told by these
// nodes the moment they show it; nobody sends a message for it, and the way of question and answer is not in it (`latency.read`).
//
// Payments have no probe: nobody reads another one's balance. A write whose probe's own machine was off at some time from the
// issue until he would have seen it was not probed: that is no fault of the system.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analysis/observation/cast.h"
#include "analysis/observation/row.h"
#include "models/node/peering.h"
#include "models/node/request.h"

namespace peerlab {

class Probes {
 public:
  static constexpr HappeningKind kinds[] = {happened::operation_shown, happened::machine_down, happened::machine_up,
                                            happened::outbound_opened, happened::outbound_closed};

  void begin(const Cast& cast, std::span<const Request> requests);
  void see(const Row& row);
  void finish(Time end);

  /// Whether write i had a probe whose machine was on all the while. After finish.
  [[nodiscard]] bool probed(std::size_t i) const { return probes_[i].valid() && !probes_[i].was_off; }
  /// When the probe could first read write i; never: not before the end.
  [[nodiscard]] Time visible(std::size_t i) const { return probes_[i].visible; }
  [[nodiscard]] UserId probe_of(std::size_t i) const { return probes_[i].user; }

 private:
  struct Probe {
    UserId user;
    NodeId home;
    Time visible = Time::never();
    bool was_off = false;
    [[nodiscard]] bool valid() const { return home.valid(); }
  };
  [[nodiscard]] bool looks_at(NodeId home, NodeId place) const;

  const Cast* cast_ = nullptr;
  std::span<const Request> requests_;
  std::vector<Probe> probes_;                                 ///< by operation
  std::vector<std::vector<std::pair<Time, Time>>> off_line_;  ///< by node: from, until
  std::vector<std::vector<NodeId>> chosen_;  ///< by node: neighbours that it chose itself; empty when nobody does
};

}  // namespace peerlab
