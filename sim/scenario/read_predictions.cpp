// The sections `compare_with:` and `validation:`.
#include <algorithm>
#include <cmath>

#include "analysis/theory/table.h"
#include "models/base/decimal.h"
#include "sim/scenario/expectation.h"
#include "sim/scenario/flow.h"
#include "sim/scenario/reader.h"
#include "sim/scenario/value_at.h"

namespace peerlab {
namespace {

const std::vector<std::string>& keys_of_prediction() {
  static const std::vector<std::string> keys = {"metric", "law",    "gives",  "inputs", "value",
                                                "error",  "source", "within", "differs"};
  return keys;
}

std::string suggestion(std::string_view typed, const std::vector<std::string>& names) {
  if (const auto meant = nearest_name(typed, names)) return " Did you mean `" + *meant + "`?";
  std::string out = " There are ";
  for (std::size_t i = 0; i < names.size(); ++i) out += (i == 0 ? "" : ", ") + names[i];
  return names.size() > 12 ? " `peerlab list` shows them all." : out + ".";
}

/// The text below a key of a map; empty when there is none.
std::string text_in(const Tree& map, std::string_view key) {
  const Tree* found = map.find(key);
  return found != nullptr && found->kind == Tree::Kind::text ? found->text : "";
}

/// Whether a text names a place of the scenario, not a value: `systems.p2p.block_interval`, `protocol.block_interval`,
/// `duration`. Values begin with a digit or a sign, and no choice of a closed form has a point in it.
bool is_path(const std::string& text, const Scenario& scenario) {
  const bool letter = !text.empty() && text.front() >= 'a' && text.front() <= 'z';
  if (!letter || text.find(' ') != std::string::npos) return false;
  return text.find('.') != std::string::npos || value_at(scenario, text).has_value();
}

}  // namespace

bool ScenarioReader::take_law(const Tree& item, Prediction& out) {
  const Tree& named = *item.find("law");
  std::vector<std::string> names;
  for (const TheoryRow& row : theory_rows()) names.emplace_back(row.name);
  std::string law;
  if (!single(named, "law", "the name of a closed form", law)) return false;
  const TheoryRow* row = find_theory(law);
  if (row == nullptr) {
    say(named.spot, "There is no closed form " + backquoted(law) + "." + suggestion(law, names));
    return false;
  }
  out.law = law;
  out.source = std::string(row->source);
  out.gives = text_in(item, "gives");
  std::vector<std::string> outputs;
  for (const TheoryOutput& o : row->gives) outputs.emplace_back(o.name);
  if (out.gives.empty()) out.gives = outputs.front();
  const auto at = std::find(outputs.begin(), outputs.end(), out.gives);
  if (at == outputs.end()) {
    say(item.find("gives")->spot,
        backquoted(law) + " gives no " + backquoted(out.gives) + "." + suggestion(out.gives, outputs));
    return false;
  }
  const auto which = static_cast<std::size_t>(at - outputs.begin());
  if (row->gives[which].unit != out.term.key.unit) {
    say(named.spot, "These two cannot be compared: the metric is in " + out.term.key.unit + ", " +
                        backquoted(out.gives) + " in " + std::string(row->gives[which].unit) + ".");
    return false;
  }
  Params in = Params::defaults(row->fields);
  bool fine = true;
  if (const Tree* inputs = item.find("inputs")) {
    if (inputs->kind != Tree::Kind::map) {
      say(inputs->spot, "`inputs` is a map, for example `inputs: {q: attacks.0.hash_share, z: 6}`.");
      return false;
    }
    for (const Tree::Member& m : inputs->members) {
      if (!in.has(m.key)) {
        say(m.spot,
            backquoted(law) + " takes no " + backquoted(m.key) + "." + suggestion(m.key, names_of(row->fields)));
        fine = false;
        continue;
      }
      std::string text;
      if (!single(m.value, m.key, "a value or a path of this scenario", text)) return false;
      if (is_path(text, out_)) {
        const bool of_system = text.starts_with("protocol.");
        const std::string path = of_system ? "systems." + out.term.system + text.substr(8) : text;
        const std::optional<std::string> value = value_at(out_, path);
        if (!value) {
          const auto meant = nearest_name(path, paths_of_values(out_));
          say(m.value.spot, "No value stands at " + backquoted(path) + " of this scenario." +
                                (meant ? " Did you mean `" + *meant + "`?" : ""));
          fine = false;
          continue;
        }
        text = *value;
      }
      if (std::string error = in.set(m.key, text); !error.empty()) {
        say(m.value.spot, backquoted(m.key) + ": " + error);
        fine = false;
      }
    }
  }
  if (!fine) return false;
  for (const auto& [field, value] : in.rows())
    out.inputs += (out.inputs.empty() ? "" : ", ") + field.name + " = " + write_value(field, value);
  const TheoryAnswer answer = row->answer(in);
  if (!answer.error.empty()) {
    say(named.spot, answer.error);
    return false;
  }
  out.value = answer.values[which];
  return true;
}

bool ScenarioReader::take_published(const Tree& item, Prediction& out) {
  const Tree& value = *item.find("value");
  std::string text;
  if (!single(value, "value", "the published figure", text)) return false;
  const Parsed<double> parsed = parse_metric_value(text, out.term.key.unit);
  if (!parsed) {
    say(value.spot, "`value`: " + parsed.error);
    return false;
  }
  out.value = *parsed.value;
  if (const Tree* error = item.find("error")) {
    const Parsed<double> own = parse_metric_value(text_in(item, "error"), out.term.key.unit);
    if (!own || *own.value < 0) {
      say(error->spot, "`error`: " + (own ? "A standard error is not negative." : own.error));
      return false;
    }
    out.error = *own.value;
  }
  out.source = text_in(item, "source");
  if (out.source.empty()) {
    say(item.spot, "A published figure has a `source`.");
    return false;
  }
  return true;
}

void ScenarioReader::read_prediction(const Tree& item, const std::string& path,
                                     const std::vector<std::string>& systems) {
  if (item.kind != Tree::Kind::map) {
    say(item.spot, "A line of `compare_with` is a map, for example `{metric: stale.per_mined, law: constant-delay}`.");
    return;
  }
  bool known = true;
  for (const Tree::Member& m : item.members) {
    const std::vector<std::string>& keys = keys_of_prediction();
    if (std::find(keys.begin(), keys.end(), m.key) != keys.end()) continue;
    say_unknown(m, keys, "a line of `compare_with`");
    known = false;
  }
  const Tree* metric = item.find("metric");
  const bool law = item.find("law") != nullptr;
  const bool published = item.find("value") != nullptr;
  if (metric == nullptr || law == published) {
    say(item.spot, metric == nullptr
                       ? "This line names no `metric` to compare."
                       : "A `metric` is compared with a `law` or with a published `value`: one of the two.");
    return;
  }
  std::string text;
  if (!known || !single(*metric, "metric", "a metric", text)) return;
  ParsedTerm term = parse_metric_term(text, systems, out_.fault_names());
  if (!term.value) return say_within(*metric, term.offset, term.error);
  Prediction out;
  out.text = yaml_flow(item);
  out.term = std::move(*term.value);
  use(out.term.key.row, out.term.key.argument);
  if (!(law ? take_law(item, out) : take_published(item, out))) return;
  if (const Tree* within = item.find("within")) {
    out.band_text = text_in(item, "within");
    std::string_view bound = trimmed(out.band_text);
    constexpr std::string_view of_the_value = "of the value";
    const bool relative = bound.ends_with(of_the_value);
    if (relative) bound = trimmed(bound.substr(0, bound.size() - of_the_value.size()));
    const Parsed<double> band = relative ? parse_share(bound) : parse_metric_value(bound, out.term.key.unit);
    if (!band || *band.value < 0) {
      say(within->spot, "`within`: " + (band ? "A band is not negative." : band.error));
      return;
    }
    out.band = relative ? *band.value * std::abs(out.value) : *band.value;
  }
  out.differs = text_in(item, "differs");
  note(path, item);
  out_.predictions.push_back(std::move(out));
}

void ScenarioReader::read_predictions(const Tree& tree) {
  const Tree* list = section(tree, "compare_with", Tree::Kind::list);
  if (list == nullptr) return;
  note("compare_with", *list);
  std::vector<std::string> systems;
  for (const SystemEntry& s : out_.systems) systems.push_back(s.name);
  for (std::size_t i = 0; i < list->items.size(); ++i)
    read_prediction(list->items[i], "compare_with." + std::to_string(i), systems);
}

void ScenarioReader::read_validation(const Tree& tree) {
  const Tree* map = section(tree, "validation", Tree::Kind::map);
  if (map == nullptr) return;
  note("validation", *map);
  Params values = Params::defaults(schema_.validation);
  read_fields(*map, "validation", values, {});
  out_.validation = {values.text("item"), values.text("compares"), values.text("source"), values.text("tolerance")};
  if (out_.validation.item.empty()) say(map->spot, "A validation has an `item`, such as `item: V4`.");
  if (tree.find("compare_with") == nullptr)
    say(map->spot, "A validation says in `compare_with` which figures it compares with what.");
}

}  // namespace peerlab
