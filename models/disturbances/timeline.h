// The timeline of a run: entries as a scenario gives them, when each begins and ends, and carrying that out.
//
// At one instant ends come before beginnings, those before what happens in between, then the order of the entries: a
// disturbance that follows another without a gap finds the machine up. Acts at time zero belong before the nodes start: a machine that joins later never ran.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/base/field.h"
#include "models/base/time.h"
#include "models/disturbances/disturbance.h"

namespace peerlab {

struct TimelineEntry {
  Time at;
  Duration for_{};   ///< zero: nothing undoes it
  Duration every{};  ///< zero: once
  std::string name;  ///< how measures and expectations call it
  const DisturbanceRow* row = nullptr;
  std::vector<Selector> selectors;
  Params params;
  std::vector<std::string> systems{};  ///< in which of the compared systems it happens; empty: in all
  [[nodiscard]] bool strikes(const std::string& system) const {
    return systems.empty() || std::find(systems.begin(), systems.end(), system) != systems.end();
  }
};

/// One thing to do.
struct Act {
  enum class What : std::uint8_t { end, begin, between };  ///< in the order of one instant
  Time at;
  std::uint32_t entry = 0;
  std::uint32_t occurrence = 0;  ///< from 0, counted by `every`
  What what = What::begin;
  std::uint32_t moment = 0;  ///< between: which of the row's moments
  friend bool operator==(const Act&, const Act&) = default;
};

/// Something wrong with a timeline, in words.
struct TimelineProblem {
  std::size_t entry = 0;
  std::string field;         ///< `for`, `every`, `at` or the row's name
  std::size_t selector = 0;  ///< when it is about a selector: which one
  std::size_t offset = 0;    ///< and where in its text
  std::string sentence;
};

/// More acts than this in one run are refused.
inline constexpr std::size_t most_acts = 1'000'000;

/// Problems that show without knowing the machines: values that contradict each other, acts beyond the end.
std::vector<TimelineProblem> check_schedule(std::span<const TimelineEntry> entries, Time end);
/// Problems that need the machines of one system: selectors that match nobody, sides that overlap at some occurrence.
std::vector<TimelineProblem> check_selectors(std::span<const TimelineEntry> entries, const Population& population,
                                             std::uint64_t seed, Time end);

/// All beginnings and ends up to and including `end`, sorted by (instant, end before begin, entry).
std::vector<Act> schedule(std::span<const TimelineEntry> entries, Time end);

/// Carries acts out on a system's machines. The entries must have passed both checks.
class Timeline {
 public:
  /// All of these outlive it.
  Timeline(std::span<const TimelineEntry> entries, const Population& population, std::uint64_t seed, Machines& machines,
           Time end);
  ~Timeline();
  /// Everything to do in the run: the beginnings and ends, and what rows do in between.
  [[nodiscard]] std::vector<Act> plan() const;
  void perform(const Act& act);

 private:
  /// Whom an occurrence hits, and from when to when.
  struct Chosen {
    std::vector<MachineId> machines;
    std::vector<std::uint8_t> sides;
    Time begin;
    Time end;
  };
  [[nodiscard]] Chosen choose(std::uint32_t entry, std::uint32_t occurrence,
                              std::span<const std::uint64_t> bytes_moved) const;
  [[nodiscard]] DisturbanceContext context_of(std::uint32_t entry, std::uint32_t occurrence,
                                              const Chosen& chosen) const;
  [[nodiscard]] std::vector<std::uint64_t> bytes_moved() const;

  std::span<const TimelineEntry> entries_;
  const Population& population_;
  std::uint64_t seed_;
  Machines& machines_;
  Time end_;
  Afflictions afflictions_;
  std::vector<std::unique_ptr<Disturbance>> active_;  ///< by entry; occurrences of one entry never overlap
};

}  // namespace peerlab
