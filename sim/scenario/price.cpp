#include "sim/scenario/price.h"

#include <algorithm>
#include <charconv>

namespace peerlab {
namespace {

/// The attack that the path speaks of, and the name of its field.
const AttackEntry* attack_of(const Scenario& scenario, const std::string& path, std::string& field) {
  constexpr std::string_view before = "attacks.";
  if (!path.starts_with(before)) return nullptr;
  std::size_t line = 0;
  const char* const begin = path.data() + before.size();
  const char* const end = path.data() + path.size();
  const auto [rest, error] = std::from_chars(begin, end, line);
  if (error != std::errc() || rest == end || *rest != '.' || line >= scenario.attacks.size()) return nullptr;
  field.assign(rest + 1, end);
  return &scenario.attacks[line];
}

}  // namespace

std::optional<double> budget_at(const Scenario& scenario, const std::string& path) {
  std::string field;
  const AttackEntry* const attack = attack_of(scenario, path, field);
  if (attack == nullptr || !attack->params.has(field)) return std::nullopt;
  for (const auto& [row, value] : attack->params.rows()) {
    if (row.name != field) continue;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* real = std::get_if<double>(&value)) return *real;
  }
  return std::nullopt;
}

std::vector<Budget> budgets_of(const Scenario& scenario) {
  std::vector<Budget> budgets;
  for (const ScenarioCell& cell : scenario.cells) {
    budgets.push_back({budget_at(cell.scenario, scenario.price.budget).value_or(0), cell.name});
  }
  std::stable_sort(budgets.begin(), budgets.end(), [](const Budget& a, const Budget& b) { return a.k < b.k; });
  return budgets;
}

std::string budget_unit(const Scenario& scenario) {
  std::string field;
  const AttackEntry* const attack = attack_of(scenario, scenario.price.budget, field);
  if (attack == nullptr) return "";
  if (field == "machines") return attack->params.text("counted_in");
  for (const auto& [row, value] : attack->params.rows()) {
    if (row.name == field) return row.kind == Kind::share ? "share" : field;
  }
  return field;
}

Problems check_price(const Scenario& scenario) {
  Problems problems;
  const PriceAsked& asked = scenario.price;
  if (asked.success.empty()) return problems;
  const auto say = [&](const std::string& path, std::string sentence) {
    add_problem(problems, problem_of(scenario, path, std::move(sentence)));
  };
  if (!budget_at(scenario, asked.budget)) {
    say("price.budget",
        "`" + asked.budget +
            "` is no number of a line of `attacks:`; write `attacks.0.machines` or `attacks.0.hash_share`.");
    return problems;
  }
  const std::vector<Budget> budgets = budgets_of(scenario);
  const auto twice =
      std::adjacent_find(budgets.begin(), budgets.end(), [](const Budget& a, const Budget& b) { return a.k == b.k; });
  if (budgets.size() < 2) {
    say("price",
        "A price is found by trying several budgets: write `sweep: {grid: {" + asked.budget + ": [1, 2, 4]}}`.");
  } else if (twice != budgets.end()) {
    say("price", "The cells `" + twice->cell + "` and `" + (twice + 1)->cell +
                     "` have the same budget: the sweep of a price varies `" + asked.budget + "` alone.");
  }
  std::string field;
  const AttackEntry* const attack = attack_of(scenario, asked.budget, field);
  if (attack->row->direct != nullptr && attack->params.has("choose") && attack->params.text("choose") != "random") {
    say("price.budget",
        "Whoever chooses by " + attack->params.text("choose") +
            " takes the same machines in every replication; for a share of successes write `choose: random`.");
  }
  return problems;
}

}  // namespace peerlab
