#include "sim/run/run.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/run/assumptions.h"
#include "sim/run/attack_prices.h"
#include "sim/run/judge.h"
#include "sim/run/judge_claim.h"
#include "sim/run/judge_predictions.h"
#include "sim/run/plan_effects.h"
#include "sim/run/schedule.h"

namespace peerlab {

namespace {

/// What the machines must allow before anything runs: selectors that match somebody, a graph that can be made. Of a cell
/// of a sweep the first replication is tried.
Problems try_building(const Schedule& schedule, const RunOptions& options) {
  Problems problems;
  for (std::size_t c = 0; c < schedule.cells(); ++c) {
    const Scenario& scenario = schedule.cell(c);
    if (scenario.timeline.empty() && scenario.attacks.empty() && scenario.groups.empty()) continue;
    const std::uint32_t tried = schedule.cells() > 1 ? 1 : scenario.replications;
    for (const SystemEntry& system : scenario.systems) {
      for (std::uint32_t r = 0; r < tried && problems.empty(); ++r) {
        (void)build(scenario, system, replication_seed(scenario.seed, r), options.modes, problems);
      }
    }
  }
  return problems;
}

/// The beginning of a sentence about a job, up to its first letter: "S" of `System`, or the cell and `s`.
std::string where(const RunJob& job) { return job.cell_name.empty() ? "S" : "Cell " + job.cell_name + ": s"; }

std::string first_difference(const std::vector<RunJob*>& first, const std::vector<RunJob*>& second) {
  for (std::size_t i = 0; i < first.size(); ++i) {
    const RunJob& a = *first[i];
    const RunJob& b = *second[i];
    if (!a.done || !b.done || a.record.digest == b.record.digest) continue;
    for (std::size_t k = 0; k < std::min(a.checkpoints.size(), b.checkpoints.size()); ++k) {
      if (a.checkpoints[k].digest != b.checkpoints[k].digest) {
        return fmt::format(
            "{}ystem {}, replication {}: the two runs differ from before {:.9g} s of simulated time on (digests {} and "
            "{}).",
            where(a), a.record.system, a.replication, a.checkpoints[k].at.seconds(), a.record.digest, b.record.digest);
      }
    }
    return fmt::format("{}ystem {}, replication {}: the two runs end with digests {} and {}.", where(a),
                       a.record.system, a.replication, a.record.digest, b.record.digest);
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

/// "500 users", or how many there are at least and at most.
std::string range_in_words(std::vector<std::string> values, const std::string& noun) {
  if (std::all_of(values.begin(), values.end(), [&](const std::string& v) { return v == values.front(); }))
    return values.front() + noun;
  return values.front() + " to " + values.back() + noun;
}

std::string setup_of(const Scenario& scenario, const Schedule& schedule) {
  std::vector<std::uint32_t> users;
  std::vector<Duration> durations;
  for (std::size_t c = 0; c < schedule.cells(); ++c) {
    users.push_back(schedule.cell(c).users());
    durations.push_back(schedule.cell(c).duration);
  }
  std::sort(users.begin(), users.end());
  std::sort(durations.begin(), durations.end());
  std::string out = schedule.cells() > 1 ? fmt::format("{} cells, ", schedule.cells()) : "";
  out += range_in_words({std::to_string(users.front()), std::to_string(users.back())}, " users, ");
  out += range_in_words({write_duration(durations.front()), write_duration(durations.back())}, " simulated, ");
  if (scenario.stopping) out += std::to_string(scenario.stopping->least) + " to ";
  return out +
         fmt::format("{} {}", scenario.replications, scenario.replications == 1 ? "replication" : "replications") +
         (schedule.cells() > 1 ? " each" : "");
}

void describe(const Scenario& scenario, const Schedule& schedule, const RunOptions& options, ScenarioResult& result) {
  result.scenario = scenario.name;
  result.question = scenario.question;
  result.look = scenario.look;
  result.next = joined(scenario.next);
  result.setup = setup_of(scenario, schedule);
  result.version = PEERLAB_VERSION;
  result.command = options.command;
  result.assumptions = assumptions_of(scenario);
  result.seed = scenario.seed;
  for (std::size_t c = 0; c < schedule.cells(); ++c) {
    result.cells.push_back(schedule.cell_name(c));
    for (const SystemEntry& system : schedule.cell(c).systems) {
      if (std::find(result.systems.begin(), result.systems.end(), system.name) == result.systems.end())
        result.systems.push_back(system.name);
    }
  }
}

void add_profile(const RunJob& job, const RunOptions& options, RunReport& report) {
  if (job.profile == nullptr || !job.done) return;
  auto at = std::find_if(report.profiles.begin(), report.profiles.end(),
                         [&](const auto& known) { return known.first == job.system->name; });
  if (at == report.profiles.end()) at = report.profiles.insert(at, {job.system->name, Profile(options.clock)});
  at->second.merge(*job.profile);
}

}  // namespace

RunReport run_scenario(const Scenario& scenario, const RunOptions& options) {
  RunReport report;
  Schedule schedule(scenario, options);
  if (!options.only_recall) report.problems = try_building(schedule, options);
  if (!report.problems.empty()) return report;

  schedule.run(options.threads);
  const std::vector<RunJob*> jobs = schedule.jobs();
  for (RunJob* job : jobs) {
    if (job->problems.empty()) continue;
    report.problems = std::move(job->problems);
    return report;
  }
  if (options.verify) {
    Schedule again(scenario, options);
    again.run(options.threads);
    report.difference = first_difference(jobs, again.jobs());
  }
  ScenarioResult& result = report.result;
  describe(scenario, schedule, options, result);
  for (RunJob* job : jobs) {
    ++report.planned;
    report.events += job->events.load();
    add_profile(*job, options, report);
    if (job->done) {
      result.runs.push_back(std::move(job->record));
    } else {
      report.interrupted = true;
    }
  }
  summarise(result);
  for (std::size_t c = 0; c < schedule.cells(); ++c) {
    for (JudgedExpectation& e : judge(schedule.cell(c).expect, result, schedule.cell_name(c))) {
      if (!schedule.cell_name(c).empty()) e.text += " where " + schedule.cell_name(c);
      result.expectations.push_back(std::move(e));
    }
  }
  for (std::size_t c = 0; c < schedule.cells(); ++c) {
    for (JudgedPrediction& p : judge_predictions(schedule.cell(c).predictions, result, schedule.cell_name(c)))
      result.predictions.push_back(std::move(p));
  }
  const Validation& validation = scenario.validation;
  if (!validation.item.empty())
    result.validation = {validation.item, validation.compares, validation.source, validation.tolerance};
  if (!scenario.claim.sentence.empty()) result.claim = judge_claim(scenario, result);
  if (!scenario.price.success.empty()) result.price = attack_prices(scenario, result);
  if (!scenario.effects.show.empty()) result.effects = main_effects(result, plan_effects(scenario));
  return report;
}

}  // namespace peerlab
