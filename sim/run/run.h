// Runs a scenario: one world per (cell, system, replication), in parallel, and one answer.
//
// Worlds share nothing, so the answer is the same at any number of threads. Jobs are taken in order by free threads and
// their results stand in order, whoever finishes first (schedule.h). A scenario without a sweep has one cell, whose name
// is empty.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/report/result.h"
#include "sim/run/build.h"
#include "sim/world/profile.h"

namespace peerlab {

/// How far a run is; told a few times a second by whichever thread gets there.
struct Progress {
  std::size_t worlds_done = 0;
  std::size_t worlds = 0;
  double share = 0;  ///< of all simulated time, 0 .. 1
  std::uint64_t events = 0;
  std::size_t cells_done = 0;
  std::size_t cells = 1;
};

/// What names a run among all of a campaign.
struct RunKey {
  std::string cell;
  std::string system;
  std::uint32_t replication = 0;
  std::uint64_t seed = 0;
};

struct RunOptions {
  unsigned threads = 1;
  std::uint32_t shard = 0;   ///< only this part of the runs, counted from 0 ...
  std::uint32_t shards = 1;  ///< ... of so many; the result then holds what was run
  /// Where several processes share a campaign: the place, in the order of jobs, of the next run that this one is to make, each place
  /// given once; from any thread. Beyond the last nothing is left. Not for cells that stop by themselves.
  std::function<std::size_t()> ticket;
  bool only_recall = false;  ///< runs nothing: what `recall` does not know stays undone
  RunModes modes;
  bool verify = false;                           ///< run everything twice and compare
  std::string command;                           ///< reproduces the run; without -j, -o, paths and times
  const std::atomic<bool>* interrupt = nullptr;  ///< polled; true ends all worlds soon
  /// The record of a run that was finished earlier, or nothing. Not asked under `verify`.
  std::function<std::optional<RunRecord>(const RunKey& key)> recall;
  std::function<void(const RunRecord&)> keep;     ///< told of each run as it is finished; from any thread, even at once
  HostClock clock = nullptr;                      ///< profiles the runs with this clock
  std::function<void(const Progress&)> progress;  ///< may be called from any thread, never by two at once
  /// Told of each cell that is complete, and how many of all are; from any thread, never by two at once.
  std::function<void(const std::string& cell, std::size_t done, std::size_t all)> cell_done;
};

struct RunReport {
  ScenarioResult result;
  Problems problems;         ///< the user's: nothing was run then
  bool interrupted = false;  ///< some run was not made; `result` holds those that were
  std::string difference;    ///< under `verify`: where two runs first differ; empty when they do not
  std::uint64_t events = 0;
  std::size_t planned = 0;                                ///< runs that were to be made, as far as that was known
  std::vector<std::pair<std::string, Profile>> profiles;  ///< by system, its replications added up; with a clock only
};

RunReport run_scenario(const Scenario& scenario, const RunOptions& options);

}  // namespace peerlab
