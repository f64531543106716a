#include "sim/run/plan_effects.h"

namespace peerlab {

EffectPlan plan_effects(const Scenario& scenario) {
  const EffectsAsked& asked = scenario.effects;
  EffectPlan plan;
  plan.missing = asked.missing;
  plan.factors = asked.factors;
  const bool by_name = asked.systems.empty() && scenario.systems.size() > 1;
  if (by_name) plan.factors.emplace_back("system");
  if (!scenario.cells.empty()) {
    for (const auto& [factor, level] : scenario.cells.front().levels) plan.factors.push_back(factor);
  }
  for (const MetricKey& key : asked.show) plan.figures.push_back({key.metric, key.stat});
  const auto add = [&](const std::string& cell, const std::vector<std::pair<std::string, std::string>>& of_cell) {
    for (const SystemEntry& system : scenario.systems) {
      EffectPlan::Combination one{system.name, cell, {}};
      if (by_name) one.levels.push_back(system.name);
      for (const auto& [name, levels] : asked.systems) {
        if (name == system.name) one.levels = levels;
      }
      for (const auto& [factor, level] : of_cell) one.levels.push_back(level);
      plan.combinations.push_back(std::move(one));
    }
  };
  if (scenario.cells.empty()) add("", {});
  for (const ScenarioCell& cell : scenario.cells) add(cell.name, cell.levels);
  return plan;
}

}  // namespace peerlab
