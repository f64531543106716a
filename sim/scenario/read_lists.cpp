// The sections of a scenario that are lists: workload, timeline, attacks, measure, expect.
#include <algorithm>

#include "models/base/decimal.h"
#include "sim/scenario/expectation.h"
#include "sim/scenario/reader.h"

namespace peerlab {
namespace {

template <class Row>
const Row* find_row(std::span<const Row> rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

template <class Row>
std::vector<std::string> row_names(std::span<const Row> rows) {
  std::vector<std::string> names;
  for (const Row& row : rows) names.emplace_back(row.name);
  return names;
}

std::string suggestion(std::string_view typed, const std::vector<std::string>& names) {
  if (const auto meant = nearest_name(typed, names)) return " Did you mean `" + *meant + "`?";
  std::string out = " There are:";
  for (std::size_t i = 0; i < names.size(); ++i) out += (i == 0 ? " " : ", ") + names[i];
  return out + ".";
}

/// As written, so that a mistake in one is not reported again where it is named.
std::vector<std::string> system_names(const Tree& tree) {
  std::vector<std::string> names;
  if (const Tree* map = tree.find("systems")) {
    for (const Tree::Member& m : map->members) names.push_back(m.key);
  }
  return names;
}

}  // namespace

void ScenarioReader::read_workload(const Tree& tree) {
  const Tree* list = section(tree, "workload", Tree::Kind::list);
  if (list == nullptr) return;
  note("workload", *list);
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Tree& item = list->items[i];
    const std::string path = "workload." + std::to_string(i);
    const Tree* kind = item.find("kind");
    if (item.kind != Tree::Kind::map || kind == nullptr) {
      say(item.spot,
          "A line of the workload is a map that names its kind, for example `{kind: publish, rate: 1 per min in "
          "total}`.");
      continue;
    }
    std::string name;
    if (!single(*kind, "kind", "the name of a workload", name)) continue;
    const WorkloadRow* row = find_row(schema_.workloads, name);
    if (row == nullptr) {
      say(kind->spot,
          "There is no workload " + backquoted(name) + "." + suggestion(name, row_names(schema_.workloads)));
      continue;
    }
    note(path, item);
    note(path + ".kind", *kind);
    WorkloadSpec spec{row, Params::defaults(row->fields())};
    read_fields(item, path, spec.params, {"kind"});
    out_.workload.push_back(std::move(spec));
  }
}

void ScenarioReader::read_timeline(const Tree& tree) {
  const Tree* list = section(tree, "timeline", Tree::Kind::list);
  if (list == nullptr) return;
  note("timeline", *list);
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Tree& item = list->items[i];
    if (item.kind != Tree::Kind::map) {
      say(item.spot,
          "A line of the timeline is a map, for example `{at: 4 h, for: 30 min, crash: random 5 % of role=peer}`.");
      continue;
    }
    read_entry(item, "timeline." + std::to_string(i));
  }
}

void ScenarioReader::read_entry(const Tree& item, const std::string& path) {
  const std::vector<std::string> names = row_names(schema_.disturbances);
  std::vector<const Tree::Member*> befalls;
  for (const Tree::Member& m : item.members) {
    if (std::find(names.begin(), names.end(), m.key) != names.end()) befalls.push_back(&m);
  }
  if (befalls.size() > 1) {
    say(befalls[1]->spot, "A line of the timeline does one thing: this one has both `" + befalls[0]->key + "` and `" +
                              befalls[1]->key + "`.");
    return;
  }
  std::vector<std::string> known = names_of(schema_.entry);
  known.emplace_back("system");
  if (befalls.empty()) {
    known.insert(known.end(), names.begin(), names.end());
    bool misspelt = false;
    for (const Tree::Member& m : item.members) {
      if (std::find(known.begin(), known.end(), m.key) != known.end()) continue;
      say_unknown(m, known, backquoted(path));
      misspelt = true;
    }
    if (!misspelt) say(item.spot, "This line of the timeline does not say what happens." + suggestion("", names));
    return;
  }
  const DisturbanceRow* row = find_row(schema_.disturbances, befalls[0]->key);
  TimelineEntry entry;
  entry.row = row;
  note(path, item);
  entry.selectors = read_selectors(befalls[0]->value, befalls[0]->key, path + "." + std::string(row->name));
  if (row->has_sides && befalls[0]->value.kind == Tree::Kind::list && befalls[0]->value.items.size() < 2) {
    say(befalls[0]->value.spot, "`" + row->name + "` wants at least two sides, for example `[region=EU, rest]`.");
  }
  if (row->has_sides && befalls[0]->value.kind == Tree::Kind::text) {
    say(befalls[0]->value.spot, "`" + row->name + "` wants a list of sides, for example `[" +
                                    befalls[0]->value.text.substr(0, 40) + ", rest]`.");
  }
  Fields all = schema_.entry;
  for (Field& f : row->fields()) {
    if (find_field(all, f.name) == nullptr) all.push_back(std::move(f));
  }
  Params together = Params::defaults(all);
  read_fields(item, path, together, {row->name, "system"});
  if (const Tree* in = item.find("system")) entry.systems = read_systems_struck(*in, path);
  if (item.find("at") == nullptr)
    say(item.spot, "This line of the timeline does not say when: give it an `at`, for example `at: 4 h`.");
  entry.params = Params::defaults(row->fields());
  for (const auto& [field, value] : together.rows()) {
    if (!entry.params.has(field.name)) continue;
    const std::string error = entry.params.set(field.name, write_value(field, value));
    if (!error.empty()) say(item.spot, error);
  }
  entry.at = Time::zero() + together.duration("at");
  entry.for_ = together.duration("for");
  entry.every = together.duration("every");
  entry.name = together.text("name");
  const auto taken = [&](const std::string& name) {
    return std::any_of(out_.timeline.begin(), out_.timeline.end(),
                       [&](const TimelineEntry& e) { return e.name == name; });
  };
  if (entry.name.empty()) {
    entry.name = row->name;
    for (int n = 2; taken(entry.name); ++n) entry.name = row->name + "-" + std::to_string(n);
  } else if (taken(entry.name)) {
    say(item.find("name")->spot, "Another line of the timeline has the name " + backquoted(entry.name) + " already.");
  } else if (entry.name.find_first_of("()@<>=! ") != std::string::npos) {
    say(item.find("name")->spot,
        backquoted(entry.name) + ": a name without blanks, brackets and signs can stand in a metric.");
  }
  out_.timeline.push_back(std::move(entry));
}

void ScenarioReader::read_attacks(const Tree& tree) {
  const Tree* list = section(tree, "attacks", Tree::Kind::list);
  if (list == nullptr) return;
  note("attacks", *list);
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Tree& item = list->items[i];
    const std::string path = "attacks." + std::to_string(i);
    const Tree* kind = item.find("kind");
    if (item.kind != Tree::Kind::map || kind == nullptr) {
      say(item.spot,
          "An attack is a map that names its kind, for example `{kind: bad-peer, who: random 2 of role=peer}`.");
      continue;
    }
    std::string name;
    if (!single(*kind, "kind", "the name of an attack", name)) continue;
    const AttackRow* row = find_row(schema_.attacks, name);
    if (row == nullptr) {
      say(kind->spot, "There is no attack " + backquoted(name) + "." + suggestion(name, row_names(schema_.attacks)));
      continue;
    }
    note(path, item);
    note(path + ".kind", *kind);
    AttackEntry entry;
    entry.row = row;
    entry.params = Params::defaults(row->fields());
    if (const Tree* who = item.find("who")) {
      entry.who = read_selectors(*who, "who", path + ".who");
    } else if (row->mines) {
      entry.who.push_back(*parse_selector("random 1 of role=peer").value);
    } else if (row->direct != nullptr) {
      entry.who.push_back(*parse_selector("all").value);
    } else {
      say(item.spot, "This attack does not say who attacks, for example `who: random 2 of role=peer`.");
    }
    std::vector<std::string> also{"kind", "who", "system"};
    if (row->victim != AttackRow::Victim::none) also.emplace_back("victim");
    if (const Tree* victim = item.find("victim"); victim != nullptr && also.back() == "victim") {
      entry.victim = read_selectors(*victim, "victim", path + ".victim");
    } else if (row->victim == AttackRow::Victim::wanted) {
      say(item.spot, "This attack does not say against whom, for example `victim: random 2 of role=user`.");
    }
    if (const Tree* in = item.find("system")) entry.systems = read_systems_struck(*in, path);
    read_fields(item, path, entry.params, also);
    out_.attacks.push_back(std::move(entry));
  }
}

std::vector<std::string> ScenarioReader::read_systems_struck(const Tree& value, const std::string& path) {
  std::vector<std::string> struck;
  note(path + ".system", value);
  std::vector<std::string> known;
  for (const SystemEntry& system : out_.systems) known.push_back(system.name);
  for (const Tree* text : texts(value, "system")) {
    const std::string name(trimmed(text->text));
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      say(text->spot, "There is no system " + backquoted(name) + " in this scenario." + suggestion(name, known));
    }
    struck.push_back(name);
  }
  if (value.kind == Tree::Kind::list && value.items.empty()) {
    say(value.spot, "`system` names nothing: leave it out for all systems.");
  }
  return struck;
}

void ScenarioReader::use(const MeasureRow* row, const std::string& argument) {
  const MeasureUse wanted{row, argument};
  if (std::find(out_.measure.begin(), out_.measure.end(), wanted) == out_.measure.end()) out_.measure.push_back(wanted);
}

void ScenarioReader::read_measure(const Tree& tree) {
  const std::vector<std::string> faults = out_.fault_names();
  if (const Tree* list = tree.find("measure")) {
    note("measure", *list);
    for (const Tree* text : texts(*list, "measure")) {
      out_.measure_texts.emplace_back(trimmed(text->text));
      const std::string& name = out_.measure_texts.back();
      if (const MeasureRow* row = find_measure(name)) {
        use(row, "");
      } else if (ResolvedMetric metric = parse_metric(name, faults); metric.key) {
        use(metric.key->row, metric.key->argument);
      } else {
        std::vector<std::string> known = measure_names();
        const std::vector<std::string> metrics = metric_names();
        known.insert(known.end(), metrics.begin(), metrics.end());
        const auto meant = nearest_name(name, known);
        say(text->spot,
            meant ? "There is no measure " + backquoted(name) + ". Did you mean `" + *meant + "`?" : metric.error);
      }
    }
  }
  if (out_.measure_texts.empty()) {
    for (const MeasureRow& row : schema_.measures) use(&row, "");
  }
}

void ScenarioReader::read_record(const Tree& tree) {
  const Tree* list = tree.find("record");
  if (list == nullptr) return;
  note("record", *list);
  for (const Tree* text : texts(*list, "record")) {
    const std::string name(trimmed(text->text));
    if (name == "trees") {
      out_.record_trees = true;
    } else if (name == "network") {
      out_.record_network = true;
    } else if (name == "replay") {
      out_.record_replay = true;
    } else if (name == "trace") {
      out_.record_trace = true;
    } else {
      const auto meant = nearest_name(name, {"trees", "network", "replay", "trace"});
      say(text->spot,
          "There is nothing called " + backquoted(name) + " to record." +
              (meant ? " Did you mean `" + *meant + "`?" : " It can be `trees`, `network`, `replay` or `trace`."));
    }
  }
}

void ScenarioReader::read_expect(const Tree& tree) {
  const Tree* list = tree.find("expect");
  if (list == nullptr) return;
  note("expect", *list);
  const std::vector<std::string> systems = system_names(tree);
  const std::vector<std::string> faults = out_.fault_names();
  for (const Tree* text : texts(*list, "expect")) {
    ParsedExpectation parsed = parse_expectation(text->text, systems, faults);
    if (!parsed.value) {
      say_within(*text, parsed.offset, parsed.error);
      continue;
    }
    const std::string path = "expect." + std::to_string(out_.expect.size());
    note(path, *text);
    parsed.value->origin = out_.origins[path];
    use(parsed.value->left.key.row, parsed.value->left.key.argument);
    if (parsed.value->right) use(parsed.value->right->key.row, parsed.value->right->key.argument);
    out_.expect.push_back(std::move(*parsed.value));
  }
}

void ScenarioReader::read_stopping(const Tree& tree) {
  const Tree* map = tree.find("replications");
  if (map == nullptr || map->kind != Tree::Kind::map) return;
  note("replications", *map);
  StoppingRule rule;
  bool whole = true;
  const std::vector<std::string> keys = {"min", "max", "until"};
  for (const Tree::Member& m : map->members) {
    if (std::find(keys.begin(), keys.end(), m.key) == keys.end()) {
      say_unknown(m, keys, "`replications`");
      whole = false;
    }
  }
  const auto count = [&](const char* key, std::uint32_t fallback) {
    const Tree* value = map->find(key);
    if (value == nullptr) return fallback;
    const Parsed<std::int64_t> parsed = parse_whole(value->text);
    if (parsed && *parsed.value >= 2 && *parsed.value <= 100'000) return static_cast<std::uint32_t>(*parsed.value);
    say(value->spot, backquoted(key) + " is a whole number from 2 to 100000.");
    whole = false;
    return fallback;
  };
  const std::uint32_t least = count("min", 5);
  const std::uint32_t most = count("max", 100);
  const Tree* until = map->find("until");
  if (until == nullptr || until->kind != Tree::Kind::text) {
    say(until == nullptr ? map->spot : until->spot,
        "`replications` as a map says when it is enough: `{min: 5, max: 100, until: propagation.p50@p2p.ci95 < 5 % of "
        "the value}`.");
    return;
  }
  if (whole && least > most) say(map->spot, "`min` is larger than `max`.");
  ParsedStopping parsed = parse_stopping(until->text, system_names(tree), out_.fault_names());
  if (!parsed.value) return say_within(*until, parsed.offset, parsed.error);
  rule = std::move(*parsed.value);
  rule.least = least;
  use(rule.term.key.row, rule.term.key.argument);
  out_.replications = most;
  out_.stopping = std::move(rule);
}

}  // namespace peerlab
