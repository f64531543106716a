// All histories of a run as one tree: each step (a block of a ledger, an entry of a service's log) names the step before it,
// and a replica stands on one of them. What comes before the run is the beginning, which is in every history.
//
// Two replicas agree z steps below the tip when the state z steps below the higher of their two tips is in both their histories:
// either, without its last z steps, then begins the other. This is the common-prefix property of Garay, Kiayias and Leonardos
// 2015 (EUROCRYPT). At z = 0 both stand on the same state. It asks a chain and a log the same: not to fork deeper than z, and not to
// lag by more than z.
//
// Ancestors are found in O(log height) over jumps (Myers 1983, Inf. Process. Lett. 17): the jump of a step is twice as long as
// those of its parent whenever these two have equal length.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/observation/row.h"
#include "models/base/lookup.h"

namespace peerlab {

class HistoryTree {
 public:
  using Place = std::uint32_t;
  static constexpr Place beginning = 0;
  /// The kinds that make it grow.
  [[nodiscard]] static bool speaks_of(HappeningKind kind) {
    return kind == happened::block_mined || kind == happened::log_grew;
  }

  HistoryTree() { steps_.emplace_back(); }
  /// Takes `block mined` and `log grew`.
  void see(const Row& row) { add(row.subject, row.detail, row.amount); }
  /// A step that was told before changes nothing. `height` counts only where the parent is not known.
  void add(std::uint64_t id, std::uint64_t parent, std::uint32_t height);
  /// Where a replica that names this tip stands. A tip that nobody told of is a history of its own; height 0 is the beginning.
  Place of(std::uint64_t id, std::uint32_t height);

  [[nodiscard]] std::uint32_t height(Place place) const { return steps_[place].height; }
  /// The step of that height in the history that ends at `place`, or the last one known before it.
  [[nodiscard]] Place at_height(Place place, std::uint32_t height) const;
  /// Whether the history that ends at `place` goes through `step`.
  [[nodiscard]] bool includes(Place place, Place step) const { return at_height(place, height(step)) == step; }
  /// Whether replicas with these tips agree z steps below the higher of them.
  [[nodiscard]] bool agree(Place a, Place b, std::uint32_t z) const;

 private:
  struct Step {
    Place parent = beginning;
    Place jump = beginning;
    std::uint32_t height = 0;
  };
  Lookup<std::uint64_t, Place> places_;
  std::vector<Step> steps_;
};

}  // namespace peerlab
