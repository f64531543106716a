#include "sim/run/schedule.h"

#include <algorithm>
#include <thread>

#include "models/base/check.h"
#include "sim/run/judge.h"

namespace peerlab {

Schedule::Schedule(const Scenario& scenario, const RunOptions& options) : options_(options) {
  if (scenario.cells.empty()) {
    cells_.push_back({"", &scenario, 0, 0, {}});
  } else {
    for (const ScenarioCell& cell : scenario.cells) cells_.push_back({cell.name, &cell.scenario, 0, 0, {}});
  }
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    const Scenario& own = *cells_[c].scenario;
    plan(c, own.stopping ? own.stopping->least : own.replications);
    if (cells_[c].open == 0) ++cells_done_;  // of another shard
  }
}

bool Schedule::mine(std::size_t cell, std::uint32_t replication) const {
  const Scenario& own = *cells_[cell].scenario;
  const std::size_t unit = own.stopping ? cell : cell * own.replications + replication;
  return unit % options_.shards == options_.shard;
}

void Schedule::plan(std::size_t cell, std::uint32_t to) {
  CellState& state = cells_[cell];
  for (; state.planned < to; ++state.planned) {
    if (!mine(cell, state.planned)) continue;
    for (const SystemEntry& system : state.scenario->systems) {
      RunJob& job = *jobs_.emplace_back(std::make_unique<RunJob>());
      job.cell = cell;
      job.cell_name = state.name;
      job.scenario = state.scenario;
      job.system = &system;
      job.replication = state.planned;
      job.seed = replication_seed(state.scenario->seed, state.planned);
      state.jobs.push_back(&job);
      ++state.open;
    }
  }
}

bool Schedule::settled(const CellState& cell) const {
  if (!cell.scenario->stopping || cell.planned >= cell.scenario->replications) return true;
  std::vector<const RunRecord*> runs;
  for (const RunJob* job : cell.jobs) {
    if (!job->done) return true;  // interrupted: there is nothing to decide
    runs.push_back(&job->record);
  }
  return precise_enough(*cell.scenario->stopping, runs);
}

void Schedule::finished(RunJob& job) {
  CellState& cell = cells_[job.cell];
  --running_;
  if (!job.problems.empty()) stop_ = true;
  if (--cell.open > 0) return;
  if (!settled(cell)) {
    plan(job.cell, std::min(cell.planned + cell.scenario->stopping->least, cell.scenario->replications));
    return;
  }
  const bool complete = std::all_of(cell.jobs.begin(), cell.jobs.end(), [](const RunJob* j) { return j->done; });
  if (!complete) return;
  ++cells_done_;
  if (options_.cell_done) options_.cell_done(cell.name, cells_done_, cells_.size());
}

void Schedule::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto idle = [&] { return stop_ || next_ < jobs_.size() || running_ == 0; };
    changed_.wait(lock, idle);
    if (options_.interrupt != nullptr && options_.interrupt->load()) stop_ = true;
    if (stop_ || next_ == jobs_.size()) break;
    std::size_t place = next_;
    if (options_.ticket) {
      lock.unlock();
      place = options_.ticket();
      lock.lock();
      if (place >= jobs_.size()) {
        next_ = jobs_.size();
        break;
      }
    } else {
      ++next_;
    }
    RunJob& job = *jobs_[place];
    ++running_;
    lock.unlock();
    run_job(options_, job, [this] { look(); });
    look();
    lock.lock();
    finished(job);
    changed_.notify_all();
  }
  changed_.notify_all();
}

void Schedule::run(unsigned threads) {
  // A cell that stops by itself may turn out to need more runs than are planned at first.
  const bool growing =
      std::any_of(cells_.begin(), cells_.end(), [](const CellState& c) { return c.scenario->stopping.has_value(); });
  const std::size_t most = growing ? threads : std::min<std::size_t>(threads, std::max<std::size_t>(jobs_.size(), 1));
  std::vector<std::thread> others;
  for (std::size_t t = 1; t < most; ++t) others.emplace_back([this] { work(); });
  work();
  for (std::thread& thread : others) thread.join();
}

void Schedule::look() {
  if (!options_.progress) return;
  const std::unique_lock telling(telling_, std::try_to_lock);
  if (!telling.owns_lock()) return;
  Progress progress;
  {
    const std::unique_lock lock(mutex_);
    progress.worlds = jobs_.size();
    progress.cells = cells_.size();
    progress.cells_done = cells_done_;
    double simulated = 0;
    for (const auto& job : jobs_) {
      const double share = static_cast<double>(job->now_ns.load()) / static_cast<double>(job->scenario->duration.ns);
      simulated += std::min(share, 1.0);
      progress.events += job->events.load();
      if (share >= 1.0) ++progress.worlds_done;
    }
    progress.share = jobs_.empty() ? 1 : simulated / static_cast<double>(jobs_.size());
  }
  options_.progress(progress);
}

std::vector<RunJob*> Schedule::jobs() const {
  std::vector<RunJob*> out;
  for (const CellState& cell : cells_) {
    for (const SystemEntry& system : cell.scenario->systems) {
      for (RunJob* job : cell.jobs) {
        if (job->system == &system) out.push_back(job);
      }
    }
  }
  return out;
}

}  // namespace peerlab
