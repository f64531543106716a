#include "sim/scenario/check.h"

#include <algorithm>

#include "models/base/decimal.h"
#include "models/base/quantity.h"
#include "models/network/affiliations.h"
#include "models/network/network_model.h"

namespace peerlab {
namespace {

void check_times(const Scenario& s, Problems& problems) {
  if (s.warmup + s.settle >= s.duration) {
    const std::string path = s.origins.contains("warmup") && s.warmup >= s.settle ? "warmup"
                             : s.origins.contains("settle")                       ? "settle"
                                                                                  : "duration";
    add_problem(problems, problem_of(s, path,
                                     "Nothing is left to measure: warm-up (" + write_duration(s.warmup) +
                                         ") and settling (" + write_duration(s.settle) + ") take the whole duration (" +
                                         write_duration(s.duration) + ")."));
  }
}

void check_users(const Scenario& s, Problems& problems) {
  const std::int64_t users = s.network.whole("users");
  if (users < 1 || users > users_most) {
    add_problem(problems, problem_of(s, "network.users",
                                     "A world has 1 to " + std::to_string(users_most) + " users, not " +
                                         std::to_string(users) + "."));
    return;
  }
  for (const NetworkProblem& p : check_network(s.network)) {
    add_problem(problems, problem_of(s, "network." + p.field, "`" + p.field + "`: " + p.sentence));
  }
}

void check_demand(const Scenario& s, Problems& problems) {
  for (std::size_t i = 0; i < s.workload.size(); ++i) {
    if (s.workload[i].row->check == nullptr) continue;
    const auto [field, sentence] = s.workload[i].row->check(s.workload[i].params);
    if (sentence.empty()) continue;
    add_problem(problems,
                problem_of(s, "workload." + std::to_string(i) + (field.empty() ? "" : "." + field), sentence));
  }
  for (std::size_t i = 0; i < s.workload.size(); ++i) {
    const Duration deadline = s.workload[i].params.duration("deadline");
    if (s.settle.ns == 0 || deadline <= s.settle) continue;
    add_problem(problems, problem_of(s, "workload." + std::to_string(i) + ".deadline",
                                     "A deadline of " + write_duration(deadline) + " is longer than `settle`, " +
                                         write_duration(s.settle) +
                                         ": the last requests could not meet it before the run ends. Write `settle: " +
                                         write_duration(deadline) + "` or a shorter deadline."));
  }
  if (!problems.empty()) return;  // what follows reads values that were just refused
  WorkloadContext context;
  context.seed = s.seed;
  context.users = s.users();
  context.end = Time::zero() + s.duration;
  context.settle = s.settle;
  for (const WorkloadProblem& p : check_workload(s.workload, context)) {
    add_problem(problems, problem_of(s, "workload." + std::to_string(p.line) + (p.field.empty() ? "" : "." + p.field),
                                     p.sentence));
  }
}

void check_machines(const Scenario& s, Problems& problems) {
  const auto [field, sentence] = check_affiliations(s.machines);
  if (!sentence.empty()) add_problem(problems, problem_of(s, "machines." + field, "`" + field + "`: " + sentence));
}

/// Groups are made before the run, and those further up are not asked for yet.
void check_groups(const Scenario& s, Problems& problems) {
  for (const GroupEntry& group : s.groups) {
    for (const Selector& selector : group.who) {
      if (selector.pick == Selector::Pick::busiest) {
        add_problem(problems, problem_of(s, "groups." + group.name,
                                         "Groups are made before the run, when nobody is busy yet: write "
                                         "`highest-degree`, `random`, `largest` or a role instead of `busiest`."));
      }
    }
  }
}

/// Nodes that a selector names by number. Machines of users come first, so a number beyond the users can only be a
/// service, of which there are never as many as users.
void check_numbers(const Scenario& s, const std::string& path, const std::vector<Selector>& selectors,
                   Problems& problems) {
  for (const Selector& selector : selectors) {
    for (const Selector::Term& term : selector.terms) {
      if (term.what != Selector::Term::What::nodes || term.last < 2 * static_cast<std::uint64_t>(s.users()) + 1024)
        continue;
      add_problem(problems, problem_of(s, path,
                                       "There is no node " + std::to_string(term.last) + " among " +
                                           std::to_string(s.users()) + " users; nodes are counted from 0."));
    }
  }
}

void check_timeline(const Scenario& s, Problems& problems) {
  for (const TimelineProblem& p : check_schedule(s.timeline, Time::zero() + s.duration)) {
    std::string path = "timeline." + std::to_string(p.entry) + (p.field.empty() ? "" : "." + p.field);
    add_problem(problems, problem_of(s, path, p.sentence));
  }
  for (const GroupEntry& group : s.groups) check_numbers(s, "groups." + group.name, group.who, problems);
  for (std::size_t i = 0; i < s.timeline.size(); ++i) {
    check_numbers(s, "timeline." + std::to_string(i) + "." + s.timeline[i].row->name, s.timeline[i].selectors,
                  problems);
  }
}

/// A choice of attackers or victims, made before the run.
void check_choice(const Scenario& s, const std::string& path, const std::vector<Selector>& selectors,
                  Problems& problems) {
  check_numbers(s, path, selectors, problems);
  for (const Selector& selector : selectors) {
    if (selector.pick == Selector::Pick::busiest) {
      add_problem(problems,
                  problem_of(s, path,
                             "Attackers and victims are chosen before the run, when nobody is busy yet: write "
                             "`highest-degree`, `random` or a role instead of `busiest`."));
    }
    if (selector.pick == Selector::Pick::rest) {
      add_problem(
          problems,
          problem_of(s, path,
                     "`rest` belongs in the list of a partition's sides; here it would be the rest of nothing."));
    }
  }
}

/// Without delays a withheld block that answers another one is everywhere at the same instant as that: then the numbers of the
/// nodes would say who was heard first.
void check_races(const Scenario& s, Problems& problems) {
  const Parsed<Distribution> latency = parse_law(s.network.text("latency"), Kind::duration);
  if (!latency || latency.value->mean() > 0) return;
  for (const AttackEntry& attack : s.attacks) {
    if (!attack.row->mines) continue;
    for (const SystemEntry& system : s.systems) {
      if (!attack.strikes(system.name) || !system.params.has("tie_break")) continue;
      if (system.params.text("tie_break") != "first-seen") continue;
      add_problem(problems,
                  problem_of(s, "network.latency",
                             "Without delays nobody hears of one of two rival blocks first, so that `tie_break: "
                             "first-seen` of `" +
                                 system.name +
                                 "` decides no race: write `random` or `gamma 50 %` there, or a latency "
                                 "above 0 s."));
    }
  }
}

void check_attacks(const Scenario& s, Problems& problems) {
  check_races(s, problems);
  for (std::size_t i = 0; i < s.attacks.size(); ++i) {
    const AttackEntry& attack = s.attacks[i];
    const std::string path = "attacks." + std::to_string(i);
    check_choice(s, path + ".who", attack.who, problems);
    check_choice(s, path + ".victim", attack.victim, problems);
    const std::string sentence = attack.row->check == nullptr ? "" : attack.row->check(attack.params, s.duration);
    if (!sentence.empty()) {
      add_problem(problems, problem_of(s, path + "." + sentence.substr(0, sentence.find(':')), sentence));
      continue;
    }
    const bool counts_from = (attack.row->attempts || attack.row->mines) && attack.params.has("from");
    if (counts_from && attack.params.duration("from") >= s.duration - s.settle) {
      add_problem(problems,
                  problem_of(s, path + ".from",
                             "from: the attack would begin after " + write_duration(attack.params.duration("from")) +
                                 ", but nothing is counted after " + write_duration(s.duration - s.settle) +
                                 " (`duration` less `settle`): it could never succeed."));
    }
  }
}

}  // namespace

Problems check_scenario(const Scenario& scenario) {
  Problems problems;
  check_times(scenario, problems);
  check_users(scenario, problems);
  check_machines(scenario, problems);
  check_groups(scenario, problems);
  check_timeline(scenario, problems);
  check_attacks(scenario, problems);
  check_demand(scenario, problems);
  return problems;
}

}  // namespace peerlab
