// Which runs a campaign consists of, and who may take the next.
//
// Jobs are handed out in the order of cells, replications and systems, so that a cell is complete as early as may be, and
// taken by as many threads as there are. Where a cell stops by itself (`replications: {min, max, until}`) its runs come in
// batches of `min`: whether there is another batch is decided when one is complete, on all runs of the cell in order. So the
// decision, and with it the result, is the same at any number of threads.
//
// A shard i of n has every n-th (cell, replication); where cells stop by themselves, every n-th cell.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "sim/run/job.h"

namespace peerlab {

class Schedule {
 public:
  /// The cells of `scenario`, or the scenario itself as the only one. Both arguments must outlive the schedule.
  Schedule(const Scenario& scenario, const RunOptions& options);

  /// Runs everything on so many threads; returns when nothing is left, at the first problem, or at an interruption.
  void run(unsigned threads);

  /// All jobs by cell, system, replication. After run().
  [[nodiscard]] std::vector<RunJob*> jobs() const;
  [[nodiscard]] std::size_t cells() const { return cells_.size(); }
  [[nodiscard]] const std::string& cell_name(std::size_t cell) const { return cells_[cell].name; }
  [[nodiscard]] const Scenario& cell(std::size_t cell) const { return *cells_[cell].scenario; }

 private:
  struct CellState {
    std::string name;
    const Scenario* scenario = nullptr;
    std::uint32_t planned = 0;  ///< replications that have been handed out or lie ready
    std::size_t open = 0;       ///< jobs of this cell that are not done
    std::vector<RunJob*> jobs;
  };
  void plan(std::size_t cell, std::uint32_t to);
  [[nodiscard]] bool mine(std::size_t cell, std::uint32_t replication) const;
  [[nodiscard]] bool settled(const CellState& cell) const;
  void work();
  void finished(RunJob& job);
  void look();

  const RunOptions& options_;
  std::vector<CellState> cells_;
  std::vector<std::unique_ptr<RunJob>> jobs_;
  std::size_t next_ = 0;  ///< of jobs_: the first that nobody has taken
  std::size_t running_ = 0;
  std::size_t cells_done_ = 0;
  bool stop_ = false;
  mutable std::mutex mutex_;  ///< guards all of the above
  std::condition_variable changed_;
  std::mutex telling_;
};

}  // namespace peerlab
