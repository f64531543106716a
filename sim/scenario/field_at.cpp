#include "sim/scenario/field_at.h"

#include <algorithm>
#include <charconv>

#include "sim/scenario/layers.h"

namespace peerlab {
namespace {

const Tree* item_of(const Tree* list, const std::string& step) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool whole = error == std::errc() && end == step.data() + step.size();
  const bool there = whole && list != nullptr && list->kind == Tree::Kind::list && index < list->items.size();
  return there ? &list->items[index] : nullptr;
}

std::string text_in(const Tree* map, std::string_view key) {
  const Tree* found = map == nullptr ? nullptr : map->find(key);
  return found != nullptr && found->kind == Tree::Kind::text ? found->text : "";
}

template <class Rows>
Fields fields_of(const Rows& rows, std::string_view name) {
  for (const auto& row : rows) {
    if (row.name == name) return row.fields();
  }
  return {};
}

/// The fields that may stand beside each other where the path without its last step leads.
Fields table_at(const Schema& schema, const Tree& scenario, const std::vector<std::string>& steps) {
  if (steps.size() == 1) return schema.top;
  if (steps.size() == 2) {
    if (steps[0] == "stop") return schema.stop;
    if (steps[0] == "network") return schema.network;
    if (steps[0] == "machines") return schema.machines;
    if (steps[0] == "cpu") return schema.cpu;
    if (steps[0] == "prices") return schema.prices;
    if (steps[0] == "protection") return schema.protection;
  }
  if (steps.size() != 3) return {};
  const Tree* section = scenario.find(steps[0]);
  if (section == nullptr) return {};
  if (steps[0] == "systems") return fields_of(schema.protocols, text_in(section->find(steps[1]), "protocol"));
  const Tree* item = item_of(section, steps[1]);
  if (steps[0] == "workload") return fields_of(schema.workloads, text_in(item, "kind"));
  if (steps[0] == "attacks") return fields_of(schema.attacks, text_in(item, "kind"));
  if (steps[0] != "timeline" || item == nullptr) return {};
  Fields fields = schema.entry;
  for (const DisturbanceRow& row : schema.disturbances) {
    if (item->find(row.name) == nullptr) continue;
    const Fields own = row.fields();
    fields.insert(fields.end(), own.begin(), own.end());
  }
  return fields;
}

template <class Take>
void each_system(const Schema& schema, const Tree& scenario, const Take& take) {
  const Tree* systems = scenario.find("systems");
  if (systems == nullptr || systems->kind != Tree::Kind::map) return;
  for (const Tree::Member& m : systems->members)
    take(m.key, fields_of(schema.protocols, text_in(&m.value, "protocol")));
}

constexpr std::string_view every_protocol = "protocol.";

}  // namespace

std::optional<Field> field_at(const Schema& schema, const Tree& scenario, std::string_view path) {
  const std::vector<std::string> steps = split_path(path);
  const Fields table = table_at(schema, scenario, steps);
  const Field* found = find_field(table, steps.back());
  return found == nullptr ? std::nullopt : std::optional(*found);
}

std::vector<std::string> spread_path(const Schema& schema, const Tree& scenario, const std::string& path) {
  if (!path.starts_with(every_protocol)) return {path};
  const std::string name = path.substr(every_protocol.size());
  std::vector<std::string> out;
  each_system(schema, scenario, [&](const std::string& system, const Fields& fields) {
    if (find_field(fields, name) != nullptr) out.push_back("systems." + system + "." + name);
  });
  return out;
}

std::vector<std::string> protocol_fields(const Schema& schema, const Tree& scenario) {
  std::vector<std::string> out;
  each_system(schema, scenario, [&](const std::string&, const Fields& fields) {
    for (const Field& f : fields) {
      if (std::find(out.begin(), out.end(), f.name) == out.end()) out.push_back(f.name);
    }
  });
  return out;
}

}  // namespace peerlab
