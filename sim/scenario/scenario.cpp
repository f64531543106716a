#include "sim/scenario/scenario.h"

#include <algorithm>

namespace peerlab {

bool AttackEntry::strikes(const std::string& system) const {
  return systems.empty() || std::find(systems.begin(), systems.end(), system) != systems.end();
}

std::vector<std::string> Scenario::fault_names() const {
  std::vector<std::string> names;
  for (const TimelineEntry& entry : timeline) names.push_back(entry.name);
  return names;
}

std::size_t Scenario::worlds() const {
  const std::size_t each = systems.size() * replications;
  if (cells.empty()) return each;
  std::size_t all = 0;
  for (const ScenarioCell& cell : cells) all += cell.scenario.worlds();
  return all;
}

Problem problem_of(const Scenario& scenario, std::string_view path, std::string sentence) {
  std::string at(path);
  for (;;) {
    const auto found = scenario.origins.find(at);
    if (found != scenario.origins.end() && !found->second.file.empty()) {
      const Origin& o = found->second;
      return {o.file, o.line, o.column, std::move(sentence), o.source_line, o.caret};
    }
    const std::size_t dot = at.rfind('.');
    if (dot == std::string::npos) return {scenario.file, 0, 0, std::move(sentence), {}, 0};
    at.resize(dot);
  }
}

void Scenario::trace_too() {
  record_trace = true;
  origins["record"].from = Origin::From::set;
  for (ScenarioCell& cell : cells) cell.scenario.trace_too();
}

}  // namespace peerlab
