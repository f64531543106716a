#include "sim/run/attack_prices.h"

#include <algorithm>

#include "analysis/report/attack_price.h"
#include "sim/run/judge.h"
#include "sim/scenario/price.h"

namespace peerlab {

PriceTable attack_prices(const Scenario& scenario, const ScenarioResult& result) {
  PriceTable table;
  table.budget = scenario.price.budget;
  table.unit = budget_unit(scenario);
  const std::vector<Budget> budgets = budgets_of(scenario);
  std::vector<double> ks;
  for (const Budget& budget : budgets) ks.push_back(budget.k);
  for (const Expectation& criterion : scenario.price.success) {
    std::vector<std::uint64_t> seeds;
    for (const RunRecord& run : result.runs) {
      if (run.system != criterion.left.system || run.cell != budgets.front().cell) continue;
      seeds.push_back(run.seed);
    }
    std::vector<Attempt> attempts;
    for (const std::uint64_t seed : seeds) {
      Attempt attempt;
      for (const Budget& budget : budgets) {
        const auto run = std::find_if(result.runs.begin(), result.runs.end(), [&](const RunRecord& r) {
          return r.system == criterion.left.system && r.cell == budget.cell && r.seed == seed;
        });
        attempt.push_back(run != result.runs.end() && met_by(criterion, *run));
      }
      attempts.push_back(std::move(attempt));
    }
    table.rows.push_back(price_row(criterion.left.system, criterion.text, ks, attempts));
  }
  return table;
}

}  // namespace peerlab
