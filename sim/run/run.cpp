#include "sim/run/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "analysis/report/recording.h"
#include "models/base/check.h"
#include "sim/run/assumptions.h"
#include "sim/run/judge.h"
#include "sim/run/judge_claim.h"
#include "sim/run/network_file.h"
#include "sim/run/stage.h"
#include "sim/world/world.h"

namespace peerlab {

namespace {

/// One (cell, system, replication).
struct Job {
  const Scenario* scenario = nullptr;  ///< of its cell
  std::string cell;
  bool in_first_cell = true;  ///< whose runs are drawn event by event
  const SystemEntry* system = nullptr;
  std::uint32_t replication = 0;
  std::uint64_t seed = 0;
  bool done = false;
  RunRecord record;
  std::vector<Checkpoint> checkpoints;
  std::unique_ptr<Profile> profile;
  std::atomic<std::uint64_t> events{0};
  std::atomic<std::int64_t> now_ns{0};
};

/// Adds up where all worlds stand and tells it.
class Reporter {
 public:
  Reporter(const RunOptions& options, std::vector<std::unique_ptr<Job>>& jobs) : options_(options), jobs_(jobs) {}

  void look() {
    if (!options_.progress) return;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock.owns_lock()) return;
    Progress progress;
    progress.worlds = jobs_.size();
    double simulated = 0;
    for (const auto& job : jobs_) {
      const double share = static_cast<double>(job->now_ns.load()) / static_cast<double>(job->scenario->duration.ns);
      simulated += std::min(share, 1.0);
      progress.events += job->events.load();
      if (share >= 1.0) ++progress.worlds_done;
    }
    progress.share = simulated / static_cast<double>(jobs_.size());
    options_.progress(progress);
  }

 private:
  const RunOptions& options_;
  std::vector<std::unique_ptr<Job>>& jobs_;
  std::mutex mutex_;
};

/// Notes how long the steps of a profiled run take; without a profile it does nothing.
class Stopwatch {
 public:
  explicit Stopwatch(Profile* profile) : profile_(profile), last_(profile != nullptr ? profile->host_time() : 0) {}
  void lap(std::int64_t Profile::*step) {
    if (profile_ == nullptr) return;
    const std::int64_t now = profile_->host_time();
    profile_->*step += now - last_;
    last_ = now;
  }

 private:
  Profile* profile_;
  std::int64_t last_;
};

/// Takes over what an earlier, interrupted run has kept. Checkpoints are not kept: whoever verifies runs everything.
bool recalled(const RunOptions& options, Job& job) {
  if (!options.recall || options.verify || options.clock != nullptr) return false;
  std::optional<RunRecord> record = options.recall(job.cell, job.system->name, job.replication, job.seed);
  if (!record) return false;
  job.record = std::move(*record);
  job.events = job.record.events;
  job.now_ns = job.scenario->duration.ns;
  job.done = true;
  return true;
}

void run_job(const RunOptions& options, Job& job, Reporter& reporter, Problems& problems) {
  const Scenario& scenario = *job.scenario;
  if (recalled(options, job)) return;
  if (options.clock != nullptr) job.profile = std::make_unique<Profile>(options.clock);
  Stopwatch stopwatch(job.profile.get());
  const std::unique_ptr<Staged> staged = stage(scenario, *job.system, job.seed, options.modes, problems);
  if (staged == nullptr || (options.interrupt != nullptr && options.interrupt->load())) return;
  WorldPlan& plan = staged->built->plan;
  plan.profile = job.profile.get();
  if (scenario.record_network) job.record.network = network_graphml(*staged->built);
  const auto links = staged->records ? plan.links : decltype(plan.links)();  // the world takes the plan
  plan.keep_going = [&](Time now, std::uint64_t events) {
    job.now_ns = now.ns;
    job.events = events;
    reporter.look();
    return options.interrupt == nullptr || !options.interrupt->load();
  };
  check_context().replay = options.command;
  WorldOutcome outcome;
  {
    World world(std::move(plan));
    stopwatch.lap(&Profile::build_ns);
    outcome = world.run();
    stopwatch.lap(&Profile::run_ns);
  }
  check_context().replay.clear();
  job.events = outcome.events;
  if (outcome.interrupted) return;
  job.now_ns = scenario.duration.ns;

  MetricList metrics;
  for (const auto& measure : staged->measures) {
    measure->finish(outcome.end, outcome.totals);
    measure->metrics(metrics);
  }
  if (scenario.record_trees) job.record.trees = staged->trees.csv();
  if (staged->records && job.in_first_cell && !staged->recorder.steps().empty())
    job.record.recording = recording_json(staged->recorder, staged->built->cast, outcome.end, links);
  stopwatch.lap(&Profile::finish_ns);
  if (job.profile != nullptr) {
    job.profile->name(staged->built->system->message_kinds());
    job.profile->events = outcome.events;
    job.profile->runs = 1;
  }
  job.record.system = job.system->name;
  job.record.cell = job.cell;
  job.record.replication = job.replication;
  job.record.seed = job.seed;
  job.record.digest = digest_text(outcome.digest);
  job.record.end = outcome.end;
  job.record.events = outcome.events;
  job.record.metrics = std::move(metrics.metrics);
  job.record.blocks = std::move(metrics.blocks);
  job.checkpoints = std::move(outcome.checkpoints);
  job.done = true;
  if (options.keep && !options.verify) options.keep(job.record);
  reporter.look();
}

void add_jobs(const Scenario& scenario, const std::string& cell, std::vector<std::unique_ptr<Job>>& jobs) {
  for (const SystemEntry& system : scenario.systems) {
    for (std::uint32_t r = 0; r < scenario.replications; ++r) {
      jobs.push_back(std::make_unique<Job>());
      jobs.back()->scenario = &scenario;
      jobs.back()->cell = cell;
      jobs.back()->in_first_cell = jobs.front()->cell == cell;
      jobs.back()->system = &system;
      jobs.back()->replication = r;
      jobs.back()->seed = replication_seed(scenario.seed, r);
    }
  }
}

std::vector<std::unique_ptr<Job>> all_jobs(const Scenario& scenario) {
  std::vector<std::unique_ptr<Job>> jobs;
  if (scenario.cells.empty()) add_jobs(scenario, "", jobs);
  for (const ScenarioCell& cell : scenario.cells) add_jobs(cell.scenario, cell.name, jobs);
  return jobs;
}

/// Runs all jobs; the problems of the first job that has any.
Problems run_all(const RunOptions& options, std::vector<std::unique_ptr<Job>>& jobs) {
  Reporter reporter(options, jobs);
  std::vector<Problems> problems(jobs.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      if (options.interrupt != nullptr && options.interrupt->load()) return;
      run_job(options, *jobs[i], reporter, problems[i]);
      if (!problems[i].empty()) {
        next = jobs.size();
        return;
      }
    }
  };
  const std::size_t threads = std::clamp<std::size_t>(options.threads, 1, jobs.size());
  std::vector<std::thread> others;
  for (std::size_t t = 1; t < threads; ++t) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  for (Problems& of_job : problems) {
    if (!of_job.empty()) return std::move(of_job);
  }
  return {};
}

/// What the machines must allow before anything runs: selectors that match somebody, a graph that can be made.
Problems try_building(const Scenario& scenario, const RunOptions& options) {
  Problems problems;
  for (const ScenarioCell& cell : scenario.cells) {
    problems = try_building(cell.scenario, options);
    if (!problems.empty()) return problems;
  }
  if (!scenario.cells.empty()) return problems;
  if (scenario.timeline.empty() && scenario.attacks.empty() && scenario.groups.empty()) return problems;
  for (const SystemEntry& system : scenario.systems) {
    for (std::uint32_t r = 0; r < scenario.replications && problems.empty(); ++r) {
      (void)build(scenario, system, replication_seed(scenario.seed, r), options.modes, problems);
    }
  }
  return problems;
}

std::string first_difference(const std::vector<std::unique_ptr<Job>>& first,
                             const std::vector<std::unique_ptr<Job>>& second) {
  for (std::size_t i = 0; i < first.size(); ++i) {
    const Job& a = *first[i];
    const Job& b = *second[i];
    if (!a.done || !b.done || a.record.digest == b.record.digest) continue;
    for (std::size_t k = 0; k < std::min(a.checkpoints.size(), b.checkpoints.size()); ++k) {
      if (a.checkpoints[k].digest != b.checkpoints[k].digest) {
        return fmt::format(
            "System {}, replication {}: the two runs differ from before {:.9g} s of simulated time on (digests {} and "
            "{}).",
            a.record.system, a.replication, a.checkpoints[k].at.seconds(), a.record.digest, b.record.digest);
      }
    }
    return fmt::format("System {}, replication {}: the two runs end with digests {} and {}.", a.record.system,
                       a.replication, a.record.digest, b.record.digest);
  }
  return {};
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) {
    if (!all.empty()) all += "\n";
    all += line;
  }
  return all;
}

}  // namespace

RunReport run_scenario(const Scenario& scenario, const RunOptions& options) {
  RunReport report;
  report.problems = try_building(scenario, options);
  if (!report.problems.empty()) return report;

  std::vector<std::unique_ptr<Job>> jobs = all_jobs(scenario);
  report.problems = run_all(options, jobs);
  if (!report.problems.empty()) return report;
  if (options.verify) {
    std::vector<std::unique_ptr<Job>> again = all_jobs(scenario);
    (void)run_all(options, again);
    report.difference = first_difference(jobs, again);
  }

  ScenarioResult& result = report.result;
  result.scenario = scenario.name;
  result.question = scenario.question;
  result.look = scenario.look;
  result.next = joined(scenario.next);
  result.setup = fmt::format("{} users, {} simulated, {} {}", scenario.users(), write_duration(scenario.duration),
                             scenario.replications, scenario.replications == 1 ? "replication" : "replications");
  if (!scenario.cells.empty()) result.setup += fmt::format(" of {} cells", scenario.cells.size());
  result.version = PEERLAB_VERSION;
  result.command = options.command;
  result.assumptions = assumptions_of(scenario);
  result.seed = scenario.seed;
  for (const ScenarioCell& cell : scenario.cells) result.cells.push_back(cell.name);
  if (result.cells.empty()) result.cells = {""};
  for (const SystemEntry& system : scenario.systems) result.systems.push_back(system.name);
  for (const auto& job : jobs) {
    report.events += job->events.load();
    if (job->profile != nullptr && job->done) {
      if (report.profiles.empty() || report.profiles.back().first != job->system->name)
        report.profiles.emplace_back(job->system->name, Profile(options.clock));
      report.profiles.back().second.merge(*job->profile);
    }
    if (job->done) {
      result.runs.push_back(std::move(job->record));
    } else {
      report.interrupted = true;
    }
  }
  summarise(result);
  if (scenario.cells.empty()) result.expectations = judge(scenario.expect, result);
  for (const ScenarioCell& cell : scenario.cells) {
    for (JudgedExpectation& judged : judge(cell.scenario.expect, result, cell.name)) {
      judged.text += " where " + cell.name;
      result.expectations.push_back(std::move(judged));
    }
  }
  if (!scenario.claim.sentence.empty()) result.claim = judge_claim(scenario, result);
  return report;
}

}  // namespace peerlab
