// The section `price:`.
#include <algorithm>

#include "models/base/decimal.h"
#include "sim/scenario/expectation.h"
#include "sim/scenario/reader.h"

namespace peerlab {

void ScenarioReader::read_price(const Tree& tree) {
  const Tree* map = section(tree, "price", Tree::Kind::map);
  if (map == nullptr) return;
  note("price", *map);
  for (const Tree::Member& m : map->members) {
    if (m.key != "budget" && m.key != "success") say_unknown(m, {"budget", "success"}, "`price`");
  }
  PriceAsked& asked = out_.price;
  const Tree* budget = map->find("budget");
  if (budget == nullptr) {
    say(map->spot, "The price of what? `budget` is the path that the sweep varies, such as `attacks.0.machines`.");
  } else if (single(*budget, "budget", "a path such as `attacks.0.machines`", asked.budget)) {
    note("price.budget", *budget);
  }
  const Tree* list = map->find("success");
  if (list == nullptr) {
    say(map->spot, "When has the attack succeeded? Say it in `success`, as in `success: [acts.refuse@p2p > 50 %]`.");
    return;
  }
  std::vector<std::string> systems;
  for (const SystemEntry& system : out_.systems) systems.push_back(system.name);
  const std::vector<std::string> faults = out_.fault_names();
  for (const Tree* text : texts(*list, "success")) {
    ParsedExpectation parsed = parse_expectation(text->text, systems, faults);
    if (!parsed.value) {
      say_within(*text, parsed.offset, parsed.error);
      continue;
    }
    if (parsed.value->right) {
      say(text->spot, "Success is one system's figure against a value, replication by replication: " +
                          backquoted(text->text) + " compares two.");
      continue;
    }
    const std::string path = "price.success." + std::to_string(asked.success.size());
    note(path, *text);
    parsed.value->origin = out_.origins[path];
    use(parsed.value->left.key.row, parsed.value->left.key.argument);
    asked.success.push_back(std::move(*parsed.value));
  }
}

}  // namespace peerlab
