// How long a run will take and how much memory, before it begins.
//
// It is an estimate, and says what it rests on: one world of each system really runs for about a second of the host's
// time, and what it did is carried on in proportion to simulated time, or to blocks where the run stops after so many.
// A world of more than `largest_sample` users is sampled at that number and at half of it: time and memory grow in
// proportion to users (memory along the line through both sizes). Bursts that come later, faults and attacks are not
// foreseen; a large world misses the processor's caches more often than its sample, which the range allows for.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/run/build.h"
#include "sim/world/profile.h"

namespace peerlab {

inline constexpr std::uint32_t largest_sample = 20'000;

/// What only the outermost layer may ask of the host.
struct HostProbe {
  HostClock clock = nullptr;
  std::int64_t (*heap_bytes)() = nullptr;  ///< allocated at present
  std::int64_t budget_ns = 1'000'000'000;  ///< for each sample's events
};

/// Of one system: one world of it.
struct WorldEstimate {
  std::string system;
  double events = 0;
  double seconds = 0;          ///< of one core, building included
  double seconds_most = 0;     ///< with what a large world loses to caches
  double bytes = 0;            ///< at the end
  double bytes_beginning = 0;  ///< when it has been built
  std::string basis;           ///< what was sampled, as the middle of a sentence
  bool from_little = false;    ///< so small a part that the run had not settled: time and events are at least these
};

struct Estimate {
  std::vector<WorldEstimate> worlds;  ///< one per system
  std::uint32_t replications = 1;
  Problems problems;  ///< the user's: nothing can be run

  /// Of the whole scenario on so many threads.
  [[nodiscard]] double events() const;
  [[nodiscard]] double seconds(unsigned threads) const;
  [[nodiscard]] double seconds_most(unsigned threads) const;
  [[nodiscard]] double bytes(unsigned threads) const;  ///< the largest worlds at the same time
};

/// Samples and carries on. Its cost: about a second of events per system, and the building of a sample.
Estimate estimate(const Scenario& scenario, const HostProbe& probe);

/// Bytes of one world of each system when it has been built, from two small ones; cheap, and for large worlds only (0
/// below `largest_sample` users). What a run is refused by when the machine has less.
double bytes_to_begin(const Scenario& scenario, const HostProbe& probe, unsigned threads);

}  // namespace peerlab
