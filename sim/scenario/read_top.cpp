// The top level of a scenario, and the sections that are one map of fields.
#include <algorithm>

#include "models/base/decimal.h"
#include "models/network/network_model.h"
#include "sim/scenario/reader.h"

namespace peerlab {
namespace {

/// A name that can be a folder, a column and an argument.
std::string name_refusal(const std::string& name) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  if (name.empty() || name.size() > 64 || !std::all_of(name.begin(), name.end(), good) || name.front() == '-') {
    return backquoted(name) + " cannot be a name: names have letters, digits, `-` and `_`, at most 64 of them.";
  }
  return {};
}

std::string stem_of(const std::string& file) {
  const std::size_t slash = file.find_last_of('/');
  std::string stem = slash == std::string::npos ? file : file.substr(slash + 1);
  if (const std::size_t dot = stem.rfind('.'); dot != std::string::npos && dot > 0) stem.resize(dot);
  return stem;
}

}  // namespace

void ScenarioReader::read_top(const Tree& tree) {
  Params top = Params::defaults(schema_.top);
  std::vector<std::string> also;
  for (const Section& s : sections()) also.emplace_back(s.name);
  const Tree* replications = tree.find("replications");
  const bool stopping = replications != nullptr && replications->kind == Tree::Kind::map;
  if (stopping) also.emplace_back("replications");  // read_stopping
  read_fields(tree, "", top, also);

  out_.name = top.text("name");
  if (const Tree* name = tree.find("name"); name == nullptr) {
    out_.name = stem_of(out_.file);
  } else if (std::string refusal = name_refusal(out_.name); !refusal.empty() && name->kind == Tree::Kind::text) {
    say(name->spot, std::move(refusal));
  }
  out_.question = top.text("question");
  for (const auto& [key, list] : {std::pair{"look", &out_.look}, std::pair{"next", &out_.next}}) {
    const Tree* found = tree.find(key);
    if (found == nullptr) continue;
    for (const Tree* text : texts(*found, key)) list->push_back(text->text);
    note(key, *found);
  }
  out_.seed = static_cast<std::uint64_t>(top.whole("seed"));
  out_.replications = static_cast<std::uint32_t>(top.whole("replications"));
  out_.warmup = top.duration("warmup");
  out_.duration = top.duration("duration");
  out_.settle = top.duration("settle");
  if (!out_.origins.contains("settle")) out_.settle = std::min(out_.settle, out_.duration / 10);

  Params stop = Params::defaults(schema_.stop);
  if (const Tree* map = section(tree, "stop", Tree::Kind::map)) read_fields(*map, "stop", stop, {});
  out_.stop_blocks = static_cast<std::uint32_t>(stop.whole("blocks"));
}

void ScenarioReader::read_network(const Tree& tree) {
  out_.network = Params::defaults(schema_.network);
  if (const Tree* map = section(tree, "network", Tree::Kind::map)) {
    note("network", *map);
    const Tree* preset = map->find("preset");
    const Preset* row = preset != nullptr && preset->kind == Tree::Kind::text ? find_preset(preset->text) : nullptr;
    if (row != nullptr) {
      if (std::string error = apply_preset(out_.network, preset->text); !error.empty())
        say(preset->spot, std::move(error));
      note("network.preset", *preset);
      Origin origin = out_.origins["network.preset"];
      origin.from = Origin::From::preset;
      for (const auto& value : row->values) out_.origins["network." + std::string(value.first)] = origin;
    }
    read_fields(*map, "network", out_.network, {});
  }
  out_.machines = Params::defaults(schema_.machines);
  if (const Tree* map = section(tree, "machines", Tree::Kind::map)) read_fields(*map, "machines", out_.machines, {});
  out_.cpu = Params::defaults(schema_.cpu);
  if (const Tree* map = section(tree, "cpu", Tree::Kind::map)) read_fields(*map, "cpu", out_.cpu, {});
  out_.prices = Params::defaults(schema_.prices);
  if (const Tree* map = section(tree, "prices", Tree::Kind::map)) read_fields(*map, "prices", out_.prices, {});
  out_.protection = Params::defaults(schema_.protection);
  if (const Tree* map = section(tree, "protection", Tree::Kind::map))
    read_fields(*map, "protection", out_.protection, {});
}

void ScenarioReader::read_systems(const Tree& tree) {
  const Tree* map = section(tree, "systems", Tree::Kind::map);
  if (tree.find("systems") == nullptr || (map != nullptr && map->members.empty())) {
    say(map == nullptr ? tree.spot : map->spot,
        "A scenario says what is simulated, for example `systems: {p2p: {protocol: nakamoto}}`.");
  }
  if (map == nullptr) return;
  std::vector<std::string> protocol_names;
  for (const ProtocolRow& row : schema_.protocols) protocol_names.emplace_back(row.name);
  for (const Tree::Member& m : map->members) {
    const std::string path = "systems." + m.key;
    if (std::string refusal = name_refusal(m.key); !refusal.empty()) say(m.spot, std::move(refusal));
    if (m.value.kind != Tree::Kind::map) {
      say(m.value.spot, "A system is a map that names its protocol, for example `" + m.key.substr(0, 64) +
                            ": {protocol: nakamoto}`.");
      continue;
    }
    note(path, m.value);
    const Tree* protocol = m.value.find("protocol");
    if (protocol == nullptr) {
      say(m.value.spot, "This system names no protocol, for example `protocol: nakamoto`.");
      continue;
    }
    std::string name;
    if (!single(*protocol, "protocol", "the name of a protocol", name)) continue;
    const auto row = std::find_if(schema_.protocols.begin(), schema_.protocols.end(),
                                  [&](const ProtocolRow& r) { return r.name == name; });
    if (row == schema_.protocols.end()) {
      const auto meant = nearest_name(name, protocol_names);
      say(protocol->spot, "There is no protocol " + backquoted(name) + "." +
                              (meant ? " Did you mean `" + *meant + "`?" : " `peerlab list` shows them all."));
      continue;
    }
    note(path + ".protocol", *protocol);
    SystemEntry entry{m.key, &*row, Params::defaults(row->fields())};
    const std::size_t before = problems_.size();
    read_fields(m.value, path, entry.params, {"protocol"});
    if (problems_.size() == before && row->check != nullptr) {
      if (std::string error = row->check(entry.params); !error.empty()) say(m.value.spot, std::move(error));
    }
    out_.systems.push_back(std::move(entry));
  }
}

void ScenarioReader::read_groups(const Tree& tree) {
  const Tree* map = section(tree, "groups", Tree::Kind::map);
  if (map == nullptr) return;
  note("groups", *map);
  for (const Tree::Member& m : map->members) {
    if (std::string refusal = name_refusal(m.key); !refusal.empty()) say(m.spot, std::move(refusal));
    out_.groups.push_back({m.key, read_selectors(m.value, m.key, "groups." + m.key)});
  }
}

}  // namespace peerlab
