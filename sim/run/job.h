// One run of a campaign: one world of one (cell, system, replication), from its staging to its record.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/run/run.h"

namespace peerlab {

struct RunJob {
  std::size_t cell = 0;                ///< by number
  std::string cell_name;               ///< empty without a sweep
  const Scenario* scenario = nullptr;  ///< the cell's
  const SystemEntry* system = nullptr;
  std::uint32_t replication = 0;
  std::uint64_t seed = 0;

  bool done = false;
  RunRecord record;
  Problems problems;
  std::vector<Checkpoint> checkpoints;
  std::unique_ptr<Profile> profile;
  std::atomic<std::uint64_t> events{0};
  std::atomic<std::int64_t> now_ns{0};
};

/// Runs the job, or takes over what was kept of it. Under an interruption it is left undone. `look` is called every now
/// and then while the numbers above change.
void run_job(const RunOptions& options, RunJob& job, const std::function<void()>& look);

}  // namespace peerlab
