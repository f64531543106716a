// What became of every operation of the workload: when it was accepted and acked, and whether that was undone.
//
// Writes only: publish, transfer, pay, update, erase. An operation whose user's own machine is off when it is issued
// is demand that no system can serve; it is kept apart and belongs to no cohort.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/measures/presence.h"
#include "models/node/request.h"

namespace peerlab {

class Operations {
 public:
  struct Fate {
    Time accepted = Time::never();
    Time acked = Time::never();  ///< the first time
    Time safe = Time::never();   ///< told to be final, or flushed where that takes it, for the first time
    std::uint64_t flushed = 0;   ///< nodes that flushed it, a bit each by the low six bits of their numbers
    bool undone = false;         ///< ever, after it was acked
    bool stands = false;         ///< acked now, and not undone since
    bool home_off = false;       ///< the user's own machine was off at the issue
  };
  /// When its reversal became as unlikely as the system states: with many copies not before it was acked.
  [[nodiscard]] static Time final_at(const Fate& fate) {
    if (fate.flushed == 0 || fate.safe == Time::never()) return fate.safe;
    return fate.acked == Time::never() ? Time::never() : std::max(fate.acked, fate.safe);
  }
  static constexpr HappeningKind kinds[] = {happened::operation_accepted, happened::operation_acked,
                                            happened::operation_undone, happened::machine_down, happened::machine_up};

  /// `requests` in the order of their instants; it outlives this.
  void begin(const Cast& cast, std::span<const Request> requests);
  void see(const Row& row);
  /// Requests that were issued after `end` never were.
  void finish(Time end);

  [[nodiscard]] static bool writes(const Request& request) { return request.what != Asked::read; }
  /// Whether operation i was issued in [from, to] by a user whose machine was on. After finish.
  [[nodiscard]] bool issued_in(std::size_t i, Time from, Time to) const {
    return from <= requests_[i].issued && requests_[i].issued <= to && !fates_[i].home_off;
  }
  /// Whether operation i is a write, issued so.
  [[nodiscard]] bool in_cohort(std::size_t i, Time from, Time to) const {
    return writes(requests_[i]) && issued_in(i, from, to);
  }
  [[nodiscard]] std::span<const Request> requests() const { return requests_; }
  [[nodiscard]] std::span<const Fate> fates() const { return fates_; }
  [[nodiscard]] const Presence& presence() const { return presence_; }

 private:
  void issue_before(Time at);

  std::span<const Request> requests_;
  std::vector<Fate> fates_;
  std::vector<NodeId> homes_;  ///< by user
  Presence presence_;
  std::size_t issued_ = 0;
};

}  // namespace peerlab
