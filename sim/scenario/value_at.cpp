#include "sim/scenario/value_at.h"

#include <functional>

namespace peerlab {
namespace {

/// Calls `visit` with every path and the text of its value.
void each_value(const Scenario& s,
                const std::function<void(const std::string& path, const std::string& value)>& visit) {
  const auto all = [&](const std::string& at, const Params& params) {
    for (const auto& [field, value] : params.rows()) visit(at + field.name, write_value(field, value));
  };
  visit("seed", std::to_string(s.seed));
  visit("replications", std::to_string(s.replications));
  visit("warmup", write_duration(s.warmup));
  visit("duration", write_duration(s.duration));
  visit("settle", write_duration(s.settle));
  visit("stop.blocks", std::to_string(s.stop_blocks));
  all("network.", s.network);
  all("machines.", s.machines);
  all("cpu.", s.cpu);
  all("prices.", s.prices);
  all("protection.", s.protection);
  for (const SystemEntry& system : s.systems) all("systems." + system.name + ".", system.params);
  for (std::size_t i = 0; i < s.workload.size(); ++i) all("workload." + std::to_string(i) + ".", s.workload[i].params);
  for (std::size_t i = 0; i < s.attacks.size(); ++i) all("attacks." + std::to_string(i) + ".", s.attacks[i].params);
  for (std::size_t i = 0; i < s.timeline.size(); ++i) {
    const TimelineEntry& entry = s.timeline[i];
    const std::string at = "timeline." + std::to_string(i) + ".";
    visit(at + "at", write_duration(entry.at - Time::zero()));
    visit(at + "for", write_duration(entry.for_));
    visit(at + "every", write_duration(entry.every));
    all(at, entry.params);
  }
}

}  // namespace

std::optional<std::string> value_at(const Scenario& scenario, std::string_view path) {
  std::optional<std::string> found;
  each_value(scenario, [&](const std::string& at, const std::string& value) {
    if (at == path && !found) found = value;
  });
  return found;
}

std::vector<std::string> paths_of_values(const Scenario& scenario) {
  std::vector<std::string> paths;
  each_value(scenario, [&](const std::string& at, const std::string&) { paths.push_back(at); });
  return paths;
}

}  // namespace peerlab
