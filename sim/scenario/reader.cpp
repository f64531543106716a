#include "sim/scenario/reader.h"

#include <algorithm>

#include "models/base/decimal.h"

namespace peerlab {

void ScenarioReader::say(const Spot& spot, std::string sentence) {
  add_problem(problems_, sources_.problem(spot, std::move(sentence)));
}

void ScenarioReader::say_within(const Tree& text, std::size_t offset, std::string sentence) {
  Spot spot = text.spot;
  const std::string_view line = sources_.line(spot);
  if (spot.column > 0 && spot.column <= line.size()) {
    std::string_view rest = line.substr(spot.column - 1);
    std::uint32_t quote = 0;
    if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) {
      rest.remove_prefix(1);
      quote = 1;
    }
    if (rest.substr(0, text.text.size()) == text.text) spot.column += quote + static_cast<std::uint32_t>(offset);
  }
  say(spot, std::move(sentence));
}

void ScenarioReader::say_unknown(const Tree::Member& member, const std::vector<std::string>& known,
                                 const std::string& where) {
  std::string sentence = "There is no key " + backquoted(member.key) + " in " + where + ".";
  if (const auto meant = nearest_name(member.key, known)) {
    sentence += " Did you mean `" + *meant + "`?";
  } else if (member.value.kind == Tree::Kind::nothing) {
    sentence += " If a comma split a value: values carry no commas.";
  }
  say(member.spot, std::move(sentence));
}

void ScenarioReader::note(const std::string& path, const Tree& value) {
  Origin origin;
  origin.from = value.from;
  const Problem place = sources_.problem(value.spot, "");
  origin.file = place.file;
  origin.line = place.line;
  origin.column = place.column;
  origin.source_line = place.source_line;
  origin.caret = place.caret;
  out_.origins[path] = std::move(origin);
}

bool ScenarioReader::single(const Tree& value, const std::string& key, const std::string& wanted, std::string& out) {
  switch (value.kind) {
    case Tree::Kind::text: out = value.text; return true;
    case Tree::Kind::nothing:
      say(value.spot, backquoted(key) + " has no value; it wants " + wanted + ".");
      return false;
    case Tree::Kind::list: say(value.spot, backquoted(key) + " wants " + wanted + ", not a list."); return false;
    case Tree::Kind::map: say(value.spot, backquoted(key) + " wants " + wanted + ", not a map."); return false;
  }
  return false;
}

void ScenarioReader::read_fields(const Tree& map, const std::string& path, Params& params,
                                 const std::vector<std::string>& also) {
  std::vector<std::string> known = also;
  for (const auto& row : params.rows()) known.push_back(row.first.name);
  for (const Tree::Member& m : map.members) {
    if (std::find(also.begin(), also.end(), m.key) != also.end()) continue;
    if (!params.has(m.key)) {
      say_unknown(m, known, path.empty() ? "a scenario" : backquoted(path));
      continue;
    }
    const auto row =
        std::find_if(params.rows().begin(), params.rows().end(), [&](const auto& r) { return r.first.name == m.key; });
    std::string text;
    if (!single(m.value, m.key, describe_kind(row->first.kind), text)) continue;
    if (const std::string error = params.set(m.key, text); !error.empty()) {
      say(m.value.spot, backquoted(m.key) + ": " + error);
    } else {
      note(path.empty() ? m.key : path + "." + m.key, m.value);
    }
  }
}

std::vector<const Tree*> ScenarioReader::texts(const Tree& value, const std::string& key) {
  std::vector<const Tree*> out;
  const auto take = [&](const Tree& one) {
    std::string ignored;
    if (single(one, key, "text", ignored)) out.push_back(&one);
  };
  if (value.kind != Tree::Kind::list) {
    take(value);
  } else {
    for (const Tree& item : value.items) take(item);
  }
  return out;
}

const Tree* ScenarioReader::section(const Tree& tree, std::string_view key, Tree::Kind kind) {
  const Tree* found = tree.find(key);
  if (found == nullptr || found->kind == kind) return found;
  for (const Section& s : sections()) {
    if (s.name == key) {
      say(found->spot, backquoted(key) + (kind == Tree::Kind::map ? " is a map" : " is a list") + ", for example `" +
                           std::string(s.example) + "`.");
    }
  }
  return nullptr;
}

std::vector<Selector> ScenarioReader::read_selectors(const Tree& value, const std::string& key,
                                                     const std::string& path) {
  std::vector<Selector> out;
  for (const Tree* text : texts(value, key)) {
    ParsedSelector parsed = parse_selector(text->text);
    if (!parsed) {
      say_within(*text, parsed.offset, parsed.error);
    } else {
      note(value.kind == Tree::Kind::list ? path + "." + std::to_string(out.size()) : path, *text);
      out.push_back(std::move(*parsed.value));
    }
  }
  if (value.kind == Tree::Kind::list) {
    note(path, value);
    if (value.items.empty()) say(value.spot, backquoted(key) + " chooses nobody: the list is empty.");
  }
  return out;
}

Scenario ScenarioReader::read(const Tree& tree, const std::string& file) {
  out_.file = file;
  read_top(tree);
  read_network(tree);
  read_systems(tree);
  read_groups(tree);
  read_workload(tree);
  read_timeline(tree);
  read_attacks(tree);
  read_measure(tree);
  read_record(tree);
  read_expect(tree);
  read_claim(tree);
  read_predictions(tree);
  read_validation(tree);
  read_effects(tree);
  read_price(tree);
  read_stopping(tree);
  return std::move(out_);
}

}  // namespace peerlab
