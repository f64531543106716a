// The section `effects:`.
#include <algorithm>

#include "models/base/decimal.h"
#include "sim/scenario/expectation.h"
#include "sim/scenario/reader.h"

namespace peerlab {
namespace {

const char* const example = "for example `systems: {single: {servers: one}, triple: {servers: three}}`.";

}  // namespace

void ScenarioReader::read_effects(const Tree& tree) {
  const Tree* map = section(tree, "effects", Tree::Kind::map);
  if (map == nullptr) return;
  note("effects", *map);
  for (const Tree::Member& m : map->members) {
    if (m.key != "systems" && m.key != "show" && m.key != "missing") {
      say_unknown(m, {"systems", "show", "missing"}, "`effects`");
    }
  }
  EffectsAsked& asked = out_.effects;
  if (const Tree* list = map->find("show")) {
    const std::vector<std::string> faults = out_.fault_names();
    for (const Tree* text : texts(*list, "show")) {
      ResolvedMetric metric = parse_metric(text->text, faults);
      if (!metric.key) {
        say(text->spot, metric.error);
        continue;
      }
      use(metric.key->row, metric.key->argument);
      asked.show.push_back(std::move(*metric.key));
    }
  }
  if (const Tree* list = map->find("missing")) {
    for (const Tree* text : texts(*list, "missing")) asked.missing.push_back(text->text);
  }
  if (const Tree* systems = map->find("systems")) read_factors(*systems);
  if (asked.show.empty()) {
    say(map->spot, "Effects on what? Name figures, for example `effects: {show: [altered.unnoticed]}`.");
  }
}

void ScenarioReader::read_factors(const Tree& systems) {
  EffectsAsked& asked = out_.effects;
  if (systems.kind != Tree::Kind::map || systems.members.empty()) {
    say(systems.spot, std::string("`systems` names the level of each factor that a system has, ") + example);
    return;
  }
  std::vector<std::string> known;
  for (const SystemEntry& system : out_.systems) known.push_back(system.name);
  for (const Tree::Member& m : systems.members) {
    if (std::find(known.begin(), known.end(), m.key) == known.end()) {
      say_unknown(m, known, "`systems`");
      continue;
    }
    if (m.value.kind != Tree::Kind::map) {
      say(m.value.spot, std::string("A system has a level of each factor, ") + example);
      continue;
    }
    std::vector<std::string> factors;
    std::vector<std::string> levels;
    for (const Tree::Member& factor : m.value.members) {
      std::string level;
      if (!single(factor.value, factor.key, "the name of a level", level)) continue;
      factors.push_back(factor.key);
      levels.push_back(level);
    }
    if (asked.systems.empty()) {
      asked.factors = factors;
    } else if (factors != asked.factors) {
      say(m.spot, backquoted(m.key) + " must have the factors of the first system, in the same order.");
      continue;
    }
    for (const auto& [other, of_other] : asked.systems) {
      if (of_other != levels) continue;
      say(m.spot, backquoted(m.key) + " has the same levels as " + backquoted(other) +
                      ": what differs between them would belong to no factor.");
    }
    asked.systems.emplace_back(m.key, levels);
  }
  for (const std::string& name : known) {
    if (systems.find(name) == nullptr) {
      say(systems.spot, "Which levels has the system " + backquoted(name) + "? Add it here.");
    }
  }
}

}  // namespace peerlab
