// How a thing (a block, a record) spreads: when given shares of the eligible stores hold it.
//
// Eligible for a thing at an instant is a store that has been on line without a break from the thing's start until that
// instant. A share x is reached at the first instant at which holders among the eligible >= x % of the eligible. A node
// that goes off leaves both counts, so that a share can be reached by the departure of one that did not hold it.
//
// Cost: a few operations per holding; per departure one look at each thing that has not reached its last share. A thing
// keeps one bit per node until then.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "analysis/measures/presence.h"
#include "models/base/bits.h"

namespace peerlab {

class Spread {
 public:
  static constexpr std::size_t shares = 4;
  /// Shares in per cent, rising.
  explicit Spread(std::array<std::uint32_t, shares> per_cent) : per_cent_(per_cent) {}

  /// A thing begins at `start`: things are numbered from 0 in the order of their starts. All presence changes up to
  /// `start` must have been told, and none after it.
  std::uint32_t begin(Time start, const Presence& presence);
  /// `who` holds the thing from `at` on. Later tellings of the same fact change nothing.
  void held(std::uint32_t thing, NodeId who, Time at, const Presence& presence);
  /// `who` goes off line at `at`; to be told before `presence` learns of it.
  void leaves(NodeId who, Time at, const Presence& presence);

  [[nodiscard]] std::size_t things() const { return things_.size(); }
  /// Seconds from the start until share number k was reached; infinity: never.
  [[nodiscard]] double seconds(std::uint32_t thing, std::size_t k) const;
  /// Eligible stores: now, or when the last share was reached.
  [[nodiscard]] std::uint32_t eligible(std::uint32_t thing) const { return things_[thing].eligible; }
  [[nodiscard]] Time start(std::uint32_t thing) const { return things_[thing].start; }
  /// How many of the eligible hold it.
  [[nodiscard]] std::uint32_t holders(std::uint32_t thing) const { return things_[thing].holders; }
  /// When it came to a new holder for the last time; its start when it never did.
  [[nodiscard]] Time last(std::uint32_t thing) const { return things_[thing].last; }

 private:
  struct Thing {
    Time start;
    std::array<Time, shares> reached{};
    Time last;
    std::uint32_t next = 0;  ///< the first share not yet reached
    std::uint32_t eligible = 0;
    std::uint32_t holders = 0;  ///< among the eligible
    Bits holds;                 ///< empty once the last share is reached
  };
  void advance(Thing& thing, Time at);

  std::array<std::uint32_t, shares> per_cent_;
  std::vector<Thing> things_;
  std::vector<std::uint32_t> open_;  ///< things with a share to reach, and some that have none any more
};

}  // namespace peerlab
