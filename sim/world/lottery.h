// Who finds the next block, drawn from hash power and difficulty.
//
// Candidates are one Poisson process over the whole world: candidate k comes when the hashes tried at the rate of the
// *total* power, each counted as 1 / (expected hashes of the easiest target in play), have reached the k-th sum of unit
// exponentials. Draw k is a pure function of (seed, "lottery", k). Its winner is chosen by hash power and accepts with
// probability easiest / its own difficulty, if it is up and mining. That is exact (thinning of a Poisson process), needs
// no timer per miner, and follows each branch's difficulty. A miner that is off leaves its candidates unused, so that
// blocks come slower until the difficulty falls, as they should.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "models/base/ids.h"
#include "models/base/random.h"
#include "models/base/time.h"

namespace peerlab {

class Lottery {
 public:
  /// Hash power of each node in modelled hashes per second; 0 never mines.
  Lottery(std::uint64_t seed, std::vector<double> power);

  /// `node` works at a target of `hashes` expected modelled hashes from `now` on.
  void mine(Time now, NodeId node, double hashes);
  void idle(Time now, NodeId node);
  [[nodiscard]] bool mining(NodeId node) const { return target_[node.index()] > 0; }

  /// When the next candidate comes, given what is being mined now; nothing while nobody mines.
  [[nodiscard]] std::optional<Time> next() const;
  /// Takes the candidate that `next()` announced and draws the following one. The winner, or nobody when the drawn
  /// machine does not mine or its own difficulty refuses the candidate.
  NodeId take(Time now);

  /// Raised whenever the instant of the next candidate changed; a host that scheduled an older one ignores that.
  [[nodiscard]] std::uint32_t version() const { return version_; }
  /// Modelled hashes tried by all miners up to `now`.
  [[nodiscard]] double hashes_tried(Time now) const;
  [[nodiscard]] double hashes_tried(Time now, NodeId node) const;
  [[nodiscard]] double power(NodeId node) const { return power_of(node.index()); }
  [[nodiscard]] double total_power() const { return total_; }

 private:
  void move_to(Time now);
  void settle(Time now, NodeId node);
  void reschedule(Time now);
  [[nodiscard]] NodeId by_power(double point) const;

  [[nodiscard]] double power_of(std::size_t i) const { return power_[power_.size() == 1 ? 0 : i]; }
  [[nodiscard]] Time since(std::size_t i) const { return since_.empty() ? Time{} : since_[i]; }
  [[nodiscard]] double tried(std::size_t i) const { return tried_.empty() ? 0 : tried_[i]; }

  static constexpr std::size_t stride = 64;
  Stream draws_;
  std::size_t nodes_;
  std::vector<double> power_;   ///< one where all have the same
  std::vector<double> before_;  ///< by `stride` nodes: power of all that stand before them
  double total_ = 0;
  std::vector<double> target_;               ///< expected hashes of what each node mines; 0 when idle
  std::vector<Time> since_;                  ///< when each node's account of hashes was last settled; empty: at zero
  std::vector<double> tried_;                ///< empty: nothing was settled yet
  std::map<double, std::uint32_t> in_play_;  ///< target -> how many work at it; the first is the easiest
  double easiest_ = 0;                       ///< 0 while nobody mines
  double left_ = 0;                          ///< of the current unit exponential, still to pass
  Time moved_;                               ///< up to when `left_` accounts
  Time due_ = Time::never();
  double choice_ = 0;  ///< draw for who wins, in [0, 1)
  double accept_ = 0;  ///< draw for whether its difficulty accepts
  std::uint32_t version_ = 0;
};

}  // namespace peerlab
