#include "sim/scenario/json_schema.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace peerlab {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// JSON as text: members and items are already written.
using Members = std::vector<std::pair<std::string, std::string>>;

std::string indented(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out;
}

std::string object(const Members& members) {
  std::string out = "{";
  for (const auto& [key, value] : members) {
    out += (out.size() == 1 ? "\n  " : ",\n  ") + in_quotes(key) + ": " + indented(value);
  }
  return members.empty() ? "{}" : out + "\n}";
}

std::string array(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() == 1 ? "\n  " : ",\n  ") + indented(item);
  return items.empty() ? "[]" : out + "\n]";
}

std::string short_array(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() == 1 ? "" : ", ") + item;
  return out + "]";
}

std::string all_in_quotes(const std::vector<std::string>& texts) {
  std::vector<std::string> items;
  for (const std::string& text : texts) items.push_back(in_quotes(text));
  return short_array(items);
}

// What a description says beside the sentence, because an editor cannot check it.
std::string description(const Field& f) {
  std::string out = f.sentence;
  if (!f.least.empty() && !f.most.empty()) out += " From " + f.least + " to " + f.most + ".";
  if (!f.least.empty() && f.most.empty()) out += " At least " + f.least + ".";
  if (f.least.empty() && !f.most.empty()) out += " At most " + f.most + ".";
  if (!f.fallback.empty()) out += " Default: " + f.fallback + ".";
  return out;
}

// A number and a unit: scalars of any other form are mistakes that can be marked while typing.
const char* const with_unit = R"re(^[-+]?[0-9][0-9.]*([eE][-+]?[0-9]+)? *[A-Za-z%/]+$)re";

std::string field_schema(const Field& f) {
  Members m;
  m.emplace_back("description", in_quotes(description(f)));
  switch (f.kind) {
    case Kind::flag: m.emplace_back("enum", "[true, false, \"yes\", \"no\", \"on\", \"off\"]"); break;
    case Kind::whole:
      m.emplace_back("type", "[\"integer\", \"string\"]");  // `1e6` is text to some readers
      break;
    case Kind::real: m.emplace_back("type", "[\"number\", \"string\"]"); break;
    case Kind::share:
    case Kind::duration:
    case Kind::size:
    case Kind::bandwidth:
      m.emplace_back("type", "\"string\"");
      m.emplace_back("pattern", in_quotes(with_unit));
      break;
    case Kind::rate: m.emplace_back("type", "\"string\""); break;
    case Kind::law: m.emplace_back("type", f.of == Kind::real ? "[\"string\", \"number\"]" : "\"string\""); break;
    case Kind::choice: m.emplace_back("enum", all_in_quotes(f.choices)); break;
    case Kind::text: m.emplace_back("type", "[\"string\", \"number\", \"boolean\", \"array\"]"); break;
  }
  if (!f.example.empty()) m.emplace_back("examples", all_in_quotes({f.example}));
  return object(m);
}

Members properties_of(const Fields& fields) {
  Members m;
  for (const Field& f : fields) m.emplace_back(f.name, field_schema(f));
  return m;
}

// A map of exactly these keys.
std::string map_schema(std::string_view sentence, const Members& properties, const std::vector<std::string>& required) {
  Members m;
  if (!sentence.empty()) m.emplace_back("description", in_quotes(sentence));
  m.emplace_back("type", "\"object\"");
  m.emplace_back("properties", object(properties));
  m.emplace_back("additionalProperties", "false");
  if (!required.empty()) m.emplace_back("required", all_in_quotes(required));
  return object(m);
}

std::string constant(std::string_view name, std::string_view sentence) {
  return object({{"description", in_quotes(sentence)}, {"const", in_quotes(name)}});
}

// One text, or a list of them.
std::string texts(std::string_view sentence) {
  const std::string text = object({{"type", "[\"string\", \"number\"]"}});
  return object({{"description", in_quotes(sentence)},
                 {"anyOf", array({text, object({{"type", "\"array\""}, {"items", text}})})}});
}

std::string list_of(std::string_view sentence, const std::vector<std::string>& forms) {
  return object(
      {{"description", in_quotes(sentence)}, {"type", "\"array\""}, {"items", object({{"anyOf", array(forms)}})}});
}

const std::string selector = R"({"type": ["string", "array"]})";

// One form per row of a table: `key` names the row, then come the row's own fields.
template <class Rows>
std::vector<std::string> forms(const Rows& rows, const std::string& key, const Members& also,
                               const std::vector<std::string>& required) {
  std::vector<std::string> out;
  for (const auto& row : rows) {
    Members m{{key, constant(row.name, row.sentence)}};
    m.insert(m.end(), also.begin(), also.end());
    const Members own = properties_of(row.fields());
    m.insert(m.end(), own.begin(), own.end());
    out.push_back(map_schema(row.sentence, m, required));
  }
  return out;
}

// A line of the timeline names what happens by a key, and everything else is beside it.
std::vector<std::string> timeline_forms(const Schema& schema) {
  std::vector<std::string> out;
  for (const DisturbanceRow& row : schema.disturbances) {
    Members m{{row.name, selector}, {"system", selector}};
    const Fields own = row.fields();
    for (const Field& f : schema.entry) {
      if (find_field(own, f.name) == nullptr) m.emplace_back(f.name, field_schema(f));
    }
    const Members fields = properties_of(own);
    m.insert(m.end(), fields.begin(), fields.end());
    out.push_back(map_schema(row.sentence, m, {"at", row.name}));
  }
  return out;
}

// What an attack's line needs depends on the attack.
std::vector<std::string> attack_forms(const Schema& schema) {
  std::vector<std::string> out;
  for (const AttackRow& row : schema.attacks) {
    Members m{{"kind", constant(row.name, row.sentence)}, {"who", selector}, {"system", selector}};
    std::vector<std::string> required{"kind"};
    if (!row.mines && row.direct == nullptr) required.emplace_back("who");
    if (row.victim != AttackRow::Victim::none) m.emplace_back("victim", selector);
    if (row.victim == AttackRow::Victim::wanted) required.emplace_back("victim");
    const Members own = properties_of(row.fields());
    m.insert(m.end(), own.begin(), own.end());
    out.push_back(map_schema(row.sentence, m, required));
  }
  return out;
}

// Paths and their values: a list, or a range.
std::string axes_schema(std::string_view sentence) {
  const std::string any = "true";
  const std::string range = map_schema(
      "", {{"from", any}, {"to", any}, {"step", any}, {"points", any}, {"scale", "{\"enum\": [\"linear\", \"log\"]}"}},
      {"from", "to"});
  return object({{"description", in_quotes(sentence)},
                 {"type", "\"object\""},
                 {"additionalProperties", object({{"anyOf", array({R"({"type": "array"})", range})}})}});
}

std::string sweep_schema(std::string_view sentence) {
  const std::string cell = R"({"type": "object"})";
  return map_schema(sentence,
                    {{"cells", object({{"description", in_quotes("Cells by name, each a map of paths and values.")},
                                       {"type", "\"object\""},
                                       {"additionalProperties", cell}})},
                     {"grid", axes_schema("Every combination of these values.")},
                     {"zip", axes_schema("These values side by side.")},
                     {"latin", map_schema("Points spread over ranges as a Latin hypercube.",
                                          {{"points", R"({"type": ["integer", "string"]})"},
                                           {"over", axes_schema("What the points are spread over.")}},
                                          {"points", "over"})}},
                    {});
}

std::string section_schema(const Section& s, const Schema& schema, const Members& changeable) {
  if (s.name == "stop") return map_schema(s.sentence, properties_of(schema.stop), {});
  if (s.name == "network") return map_schema(s.sentence, properties_of(schema.network), {});
  if (s.name == "machines") return map_schema(s.sentence, properties_of(schema.machines), {});
  if (s.name == "groups")
    return object({{"description", in_quotes(s.sentence)}, {"type", "\"object\""}, {"additionalProperties", selector}});
  if (s.name == "cpu") return map_schema(s.sentence, properties_of(schema.cpu), {});
  if (s.name == "prices") return map_schema(s.sentence, properties_of(schema.prices), {});
  if (s.name == "protection") return map_schema(s.sentence, properties_of(schema.protection), {});
  if (s.name == "systems") {
    const std::vector<std::string> all = forms(schema.protocols, "protocol", {}, {"protocol"});
    return object({{"description", in_quotes(s.sentence)},
                   {"type", "\"object\""},
                   {"minProperties", "1"},
                   {"additionalProperties", object({{"anyOf", array(all)}})}});
  }
  if (s.name == "workload") return list_of(s.sentence, forms(schema.workloads, "kind", {}, {"kind"}));
  if (s.name == "attacks") return list_of(s.sentence, attack_forms(schema));
  if (s.name == "timeline") return list_of(s.sentence, timeline_forms(schema));
  if (s.name == "validation") return map_schema(s.sentence, properties_of(schema.validation), {"item"});
  if (s.name == "compare_with") {
    const std::string text = R"({"type": ["string", "number"]})";
    Members m;
    for (const char* key : {"metric", "law", "gives", "value", "error", "source", "within", "differs"})
      m.emplace_back(key, text);
    m.emplace_back("inputs", object({{"type", "\"object\""}, {"additionalProperties", text}}));
    return list_of(s.sentence, {map_schema("", m, {"metric"})});
  }
  if (s.name == "claim") {
    Members m = properties_of(schema.claim);
    m.emplace_back("criteria", texts("What must be true for the claim to hold in a cell, each as a line of `expect`."));
    m.emplace_back("show", texts("More figures for the table of claims."));
    m.emplace_back("limits", texts("What cannot be measured, said under the table."));
    return map_schema(s.sentence, m, {"sentence"});
  }
  if (s.name == "effects") {
    const std::string level = object({{"type", "[\"string\", \"number\"]"}});
    const std::string levels = object({{"type", "\"object\""}, {"additionalProperties", level}});
    const std::string systems = object({{"description", in_quotes("The level of each factor that each system has.")},
                                        {"type", "\"object\""},
                                        {"additionalProperties", levels}});
    return map_schema(s.sentence,
                      {{"systems", systems},
                       {"show", texts("Figures on which effects are told.")},
                       {"missing", texts("Which combinations cannot exist, and why.")}},
                      {"show"});
  }
  if (s.name == "price") {
    const std::string path =
        object({{"description", in_quotes("The path that the sweep varies, such as attacks.0.machines.")},
                {"type", "\"string\""}});
    return map_schema(
        s.sentence,
        {{"budget", path}, {"success", texts("When a replication has succeeded, each as a line of `expect`.")}},
        {"budget", "success"});
  }
  if (s.name == "grid") {
    const std::string level = object({{"type", "\"object\""}});
    const std::string factor =
        object({{"type", "\"object\""}, {"minProperties", "1"}, {"additionalProperties", level}});
    return object({{"description", in_quotes(s.sentence)},
                   {"type", "\"object\""},
                   {"minProperties", "1"},
                   {"additionalProperties", factor}});
  }
  if (s.name == "extends") return object({{"description", in_quotes(s.sentence)}, {"type", "\"string\""}});
  if (s.name == "sweep") return sweep_schema(s.sentence);
  if (s.name == "quick" || s.name == "full") {  // laid over the rest, so that whatever it holds may be a part
    Members m;
    for (const auto& [key, value] : changeable) m.emplace_back(key, "true");
    return object({{"description", in_quotes(s.sentence)},
                   {"type", "\"object\""},
                   {"properties", object(m)},
                   {"patternProperties", object({{"[.]", "true"}})},  // a path such as `network.users`
                   {"additionalProperties", "false"}});
  }
  return texts(s.sentence);
}

}  // namespace

std::string json_schema(const Schema& schema) {
  Members properties = properties_of(schema.top);
  for (auto& [key, value] : properties) {
    if (key != "replications") continue;  // a number, or when it is enough
    const std::string rule =
        map_schema("", {{"min", "true"}, {"max", "true"}, {"until", R"({"type": "string"})"}}, {"until"});
    value = object({{"anyOf", array({value, rule})}});
  }
  for (const Section& s : sections()) {
    if (s.name != "quick" && s.name != "full")
      properties.emplace_back(std::string(s.name), section_schema(s, schema, {}));
  }
  Members changeable;
  for (const auto& member : properties) {
    if (member.first != "schema" && member.first != "extends") changeable.push_back(member);
  }
  for (const Section& s : sections()) {
    if (s.name == "quick" || s.name == "full")
      properties.emplace_back(std::string(s.name), section_schema(s, schema, changeable));
  }
  return object({{"$schema", in_quotes("http://json-schema.org/draft-07/schema#")},
                 {"title", in_quotes("A scenario of peerlab")},
                 {"type", "\"object\""},
                 {"properties", object(properties)},
                 {"additionalProperties", "false"},
                 {"required", "[\"schema\"]"}}) +
         "\n";
}

}  // namespace peerlab
