// Where the time of a run goes: the host's, by what was handled, and the simulated CPUs'.
//
// A world that is given a profile reads a clock before and after each handler and after its outbox was carried out. The
// clock comes from outside, since nothing below sim/cli may read one; it sees times and changes nothing, so a profiled
// run has the digest of any other. Without a profile a run pays one branch a handler.
// What is not in a row is queue, links, links' queues and the observers of the run: `elsewhere`.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/base/time.h"
#include "models/node/message_kind_row.h"

namespace peerlab {

/// The host's time in nanoseconds, from any beginning.
using HostClock = std::int64_t (*)();

struct ProfileRow {
  std::string name;
  std::uint64_t count = 0;       ///< handlers that ran
  std::int64_t handling_ns = 0;  ///< host time in handlers
  std::int64_t outbox_ns = 0;    ///< host time in carrying out what they asked for at once
  Duration simulated{};          ///< CPU time that was charged to machines

  [[nodiscard]] std::int64_t host_ns() const { return handling_ns + outbox_ns; }
};

class Profile {
 public:
  // Message kinds are their own rows; what else is handled follows.
  static constexpr std::size_t request = 256;
  static constexpr std::size_t won = 257;
  static constexpr std::size_t link_up = 258;
  static constexpr std::size_t link_down = 259;
  static constexpr std::size_t timer = 260;  ///< plus the slot
  static constexpr std::size_t row_count = timer + 16;

  explicit Profile(HostClock host_time_of);

  HostClock host_time;
  std::array<ProfileRow, row_count> rows;
  std::vector<std::size_t> row_of_outbox;  ///< by outbox that waits for its CPU time: whose it is; the host's own
  std::int64_t build_ns = 0;               ///< making people, links, demand and nodes
  std::int64_t run_ns = 0;                 ///< from the first event to the last, rows included
  std::int64_t finish_ns = 0;              ///< making figures of what was observed
  std::uint64_t events = 0;                ///< of the queue, those that reached no handler included
  std::uint64_t runs = 0;

  /// Names the rows of messages.
  void name(std::span<const MessageKindRow> kinds);
  /// Adds another run's.
  void merge(const Profile& other);
  /// The rows that occurred, dearest first.
  [[nodiscard]] std::vector<ProfileRow> table() const;
  /// Time of the runs that is in no row.
  [[nodiscard]] std::int64_t elsewhere_ns() const;
};

}  // namespace peerlab
