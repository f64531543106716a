#include "sim/scenario/check_criteria.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace peerlab {
namespace {

/// What must go on in a system so that a measure has something to say of it.
struct Precondition {
  std::string_view metric;  ///< and what begins with it and a dot
  bool (*meets)(const AttackRow& row);
  std::string_view words;  ///< the attack, as the end of "no line with"
};

constexpr std::array preconditions = {
    Precondition{"attack", [](const AttackRow& row) { return row.attempts; }, "an attack that is made in attempts"},
    Precondition{"revenue", [](const AttackRow& row) { return row.mines; }, "an attack by mining"},
    Precondition{"mpu_node_adv", [](const AttackRow& row) { return row.mines; }, "an attack by mining"},
    Precondition{"eclipse", [](const AttackRow& row) { return row.wrap != nullptr; }, "an attacker among the peers"},
    Precondition{"acts", [](const AttackRow& row) { return row.direct != nullptr; }, "an attack on machines"},
    Precondition{"altered", [](const AttackRow& row) { return row.direct != nullptr; }, "an attack on machines"},
};

bool speaks_of(std::string_view metric, std::string_view name) {
  return metric == name || (metric.starts_with(name) && metric[name.size()] == '.');
}

class Judge {
 public:
  explicit Judge(const Scenario& scenario) : s_(scenario) {}

  void criterion(const Expectation& e, const std::string& path) {
    term(e.left, path, e.text);
    if (e.right) return term(*e.right, path, e.text);
    if (e.left.key.unit != "share" || possible(e)) return;
    say(path, "`" + e.text + "` can never be met: `" + e.left.key.metric + "` is a share, between 0 % and 100 %.");
  }
  void term(const MetricTerm& t, const std::string& path, const std::string& text) {
    for (const Precondition& needs : preconditions) {
      if (!speaks_of(t.key.metric, needs.metric)) continue;
      const bool met = std::any_of(s_.attacks.begin(), s_.attacks.end(), [&](const AttackEntry& attack) {
        return attack.strikes(t.system) && needs.meets(*attack.row);
      });
      if (met) continue;
      say(path, "`" + text + "` can never be met: `" + t.key.metric + "` has no figure in `" + t.system +
                    "`, because `attacks:` has no line with " + std::string(needs.words) + " there.");
      return;
    }
    for (const TimelineEntry& fault : s_.timeline) {
      if (!t.key.metric.ends_with("(" + fault.name + ")") || fault.strikes(t.system)) continue;
      say(path, "`" + text + "` can never be met: `" + fault.name + "` does not happen in `" + t.system + "`.");
    }
    if (!t.key.metric.starts_with("exposed")) return;
    const std::size_t open = t.key.metric.find('(');
    const unsigned long long k =
        open == std::string::npos ? 0 : std::strtoull(t.key.metric.c_str() + open + 1, nullptr, 10);
    if (k <= s_.users() + most_services) return;
    say(path, "`" + text + "` asks for " + std::to_string(k) +
                  " machines, but there are not so many: the scenario has " + std::to_string(s_.users()) + " users.");
  }
  Problems problems;

 private:
  static constexpr std::uint64_t most_services = 1000;  ///< servers; how many a system has is known when it is built

  void say(const std::string& path, std::string sentence) {
    add_problem(problems, problem_of(s_, path, std::move(sentence)));
  }
  /// Whether there is a share that meets it.
  static bool possible(const Expectation& e) {
    switch (e.comparison) {
      case Expectation::Comparison::equal: return e.low >= 0 && e.low <= 1;
      case Expectation::Comparison::not_equal: return true;
      case Expectation::Comparison::less: return e.low > 0;
      case Expectation::Comparison::at_most: return e.low >= 0;
      case Expectation::Comparison::more: return e.low < 1;
      case Expectation::Comparison::at_least: return e.low <= 1;
      case Expectation::Comparison::within: return e.low <= 1 && e.high >= 0;
    }
    return true;
  }

  const Scenario& s_;
};

}  // namespace

Problems check_criteria(const Scenario& scenario) {
  Judge judge(scenario);
  for (std::size_t i = 0; i < scenario.expect.size(); ++i) {
    judge.criterion(scenario.expect[i], "expect." + std::to_string(i));
  }
  if (scenario.stopping) judge.term(scenario.stopping->term, "replications", scenario.stopping->text);
  return std::move(judge.problems);
}

Problems check_claim(const Scenario& scenario) {
  // By criterion: where it can be met somewhere it is no mistake that it cannot elsewhere.
  struct Found {
    std::string text;
    Problems problems;
    bool somewhere = false;
  };
  std::vector<Found> all;
  const auto look = [&](const Scenario& cell) {
    for (std::size_t i = 0; i < cell.claim.criteria.size(); ++i) {
      const Expectation& criterion = cell.claim.criteria[i];
      Judge judge(cell);
      judge.criterion(criterion, "claim.criteria." + std::to_string(i));
      auto known = std::find_if(all.begin(), all.end(), [&](const Found& f) { return f.text == criterion.text; });
      if (known == all.end()) known = all.insert(all.end(), {criterion.text, judge.problems, false});
      known->somewhere = known->somewhere || judge.problems.empty();
    }
  };
  if (scenario.cells.empty()) look(scenario);
  for (const ScenarioCell& cell : scenario.cells) look(cell.scenario);
  Problems problems;
  for (Found& found : all) {
    if (found.somewhere) continue;
    for (Problem& p : found.problems) add_problem(problems, std::move(p));
  }
  return problems;
}

}  // namespace peerlab
