// The sections `claim:` and `grid:`.
#include "sim/scenario/expectation.h"
#include "sim/scenario/reader.h"

namespace peerlab {

void ScenarioReader::read_claim(const Tree& tree) {
  const Tree* map = section(tree, "claim", Tree::Kind::map);
  if (map == nullptr) return;
  note("claim", *map);
  Params values = Params::defaults(schema_.claim);
  read_fields(*map, "claim", values, {"criteria", "show", "limits"});
  out_.claim.sentence = values.text("sentence");
  out_.claim.ratios = values.flag("ratios");
  if (out_.claim.sentence.empty()) say(map->spot, "A claim says what is claimed: give it a `sentence`.");

  std::vector<std::string> systems;
  if (const Tree* all = tree.find("systems")) {
    for (const Tree::Member& m : all->members) systems.push_back(m.key);
  }
  const std::vector<std::string> faults = out_.fault_names();
  if (const Tree* list = map->find("criteria")) {
    for (const Tree* text : texts(*list, "criteria")) {
      ParsedExpectation parsed = parse_expectation(text->text, systems, faults);
      if (!parsed.value) {
        say_within(*text, parsed.offset, parsed.error);
        continue;
      }
      const std::string path = "claim.criteria." + std::to_string(out_.claim.criteria.size());
      note(path, *text);
      parsed.value->origin = out_.origins[path];
      use(parsed.value->left.key.row, parsed.value->left.key.argument);
      if (parsed.value->right) use(parsed.value->right->key.row, parsed.value->right->key.argument);
      out_.claim.criteria.push_back(std::move(*parsed.value));
    }
  }
  if (const Tree* list = map->find("show")) {
    for (const Tree* text : texts(*list, "show")) {
      ResolvedMetric metric = parse_metric(text->text, faults);
      if (!metric.key) {
        say(text->spot, metric.error);
        continue;
      }
      use(metric.key->row, metric.key->argument);
      out_.claim.show.push_back(std::move(*metric.key));
    }
  }
  if (const Tree* list = map->find("limits")) {
    for (const Tree* text : texts(*list, "limits")) out_.claim.limits.push_back(text->text);
  }
  if (out_.claim.criteria.empty() && out_.claim.show.empty() && !out_.claim.sentence.empty()) {
    say(map->spot,
        "This claim could never be judged: give it `criteria`, as in `criteria: [lost@p2p < lost@central by 0.1 %]`, "
        "or "
        "figures to `show`.");
  }
}

}  // namespace peerlab
