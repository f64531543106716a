// The JSON Schema accepts every scenario of the tree and marks what a typist gets wrong. JSON is YAML, so both are read into
// the same sort of tree and a small draft-07 validator of the keywords that the schema uses compares them.
#include "sim/scenario/json_schema.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "sim/cli/scenario_arguments.h"
#include "sim/scenario/tree.h"

namespace peerlab {
namespace {

Tree tree_of(Sources& sources, std::uint32_t source) {
  Problems problems;
  const std::optional<Tree> tree = parse_tree(sources, source, problems);
  EXPECT_TRUE(tree.has_value() && problems.empty()) << format_problems(problems);
  return tree.value_or(Tree{});
}

bool fits_type(const Tree& value, const std::string& type) {
  if (type == "object") return value.kind == Tree::Kind::map;
  if (type == "array") return value.kind == Tree::Kind::list;
  if (value.kind != Tree::Kind::text) return false;
  static const std::regex number("[-+]?[0-9][0-9.]*([eE][-+]?[0-9]+)?");
  if (type == "string") return true;  // a text may look like a number
  if (type == "number" || type == "integer") return std::regex_match(value.text, number);
  return type == "boolean" && (value.text == "true" || value.text == "false");
}

bool accepts(const Tree& schema, const Tree& value);

bool accepts_members(const Tree& schema, const Tree& value) {
  const Tree* properties = schema.find("properties");
  const Tree* patterns = schema.find("patternProperties");
  const Tree* others = schema.find("additionalProperties");
  for (const Tree::Member& m : value.members) {
    const Tree* own = properties == nullptr ? nullptr : properties->find(m.key);
    if (own != nullptr) {
      if (!accepts(*own, m.value)) return false;
      continue;
    }
    bool matched = false;
    if (patterns != nullptr) {
      for (const Tree::Member& p : patterns->members) {
        matched = matched || std::regex_search(m.key, std::regex(p.key));
      }
    }
    if (matched || others == nullptr) continue;
    if (!accepts(*others, m.value)) return false;
  }
  return true;
}

bool accepts(const Tree& schema, const Tree& value) {
  if (schema.kind == Tree::Kind::text) return schema.text == "true";
  if (const Tree* type = schema.find("type")) {
    bool fits = type->kind == Tree::Kind::text && fits_type(value, type->text);
    for (const Tree& one : type->items) fits = fits || fits_type(value, one.text);
    if (!fits) return false;
  }
  if (const Tree* one = schema.find("const"); one != nullptr && one->text != value.text) return false;
  if (const Tree* all = schema.find("enum")) {
    if (std::none_of(all->items.begin(), all->items.end(), [&](const Tree& t) { return t.text == value.text; }))
      return false;
  }
  if (const Tree* pattern = schema.find("pattern")) {
    if (!std::regex_search(value.text, std::regex(pattern->text))) return false;
  }
  if (const Tree* forms = schema.find("anyOf")) {
    if (std::none_of(forms->items.begin(), forms->items.end(), [&](const Tree& t) { return accepts(t, value); }))
      return false;
  }
  if (const Tree* items = schema.find("items")) {
    if (!std::all_of(value.items.begin(), value.items.end(), [&](const Tree& t) { return accepts(*items, t); }))
      return false;
  }
  if (const Tree* required = schema.find("required")) {
    for (const Tree& key : required->items) {
      if (value.find(key.text) == nullptr) return false;
    }
  }
  return value.kind != Tree::Kind::map || accepts_members(schema, value);
}

class JsonSchema : public testing::Test {
 protected:
  void SetUp() override { schema_ = tree_of(sources_, sources_.add("schema", json_schema(program_schema()))); }
  bool accepted(const std::string& text) { return accepts(schema_, tree_of(sources_, sources_.add("text", text))); }
  Sources sources_;
  Tree schema_;
};

TEST_F(JsonSchema, AcceptsEveryScenarioOfTheTree) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(PEERLAB_SOURCE_DIR "/scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    Problems problems;
    const Tree scenario = tree_of(sources_, sources_.add_file(entry.path().string(), problems));
    EXPECT_TRUE(accepts(schema_, scenario)) << entry.path();
    ++files;
  }
  EXPECT_GT(files, 10U);
}

TEST_F(JsonSchema, AcceptsTheExampleAndTheDefaultOfEveryField) {
  for (const PathField& f : all_fields(program_schema())) {
    if (f.path.find('.') != std::string::npos && !f.path.starts_with("network.") && !f.path.starts_with("cpu."))
      continue;
    for (const std::string& value : {f.field.example, f.field.fallback}) {
      if (value.empty()) continue;
      const std::size_t dot = f.path.find('.');
      const std::string line = dot == std::string::npos
                                   ? f.path + ": '" + value + "'\n"
                                   : f.path.substr(0, dot) + ": {" + f.path.substr(dot + 1) + ": '" + value + "'}\n";
      EXPECT_TRUE(accepted((f.path == "schema" ? "" : "schema: 1\n") + line)) << line;
    }
  }
}

TEST_F(JsonSchema, MarksWhatATypistGetsWrong) {
  const std::string good = "schema: 1\nsystems: {p2p: {protocol: nakamoto, block_interval: 1 min}}\n";
  EXPECT_TRUE(accepted(good));
  EXPECT_TRUE(accepted(good + "quick: {network.users: 5, replications: 2}\n"));
  for (const std::string& wrong : std::vector<std::string>{
           "druation: 5 h\n", "duration: 5\n", "network: {usrs: 5}\n", "workload: {kind: publish}\n",
           "workload: [{kind: publsh}]\n", "timeline: [{partition: [region=EU, rest]}]\n",
           "attacks: [{kind: bad-peer}]\n", "quick: {druation: 5 h}\n", "measure: {a: 1}\n"}) {
    EXPECT_FALSE(accepted(good + wrong)) << wrong;
  }
  EXPECT_FALSE(accepted("systems: {p2p: {protocol: nakamoto}}\n")) << "no schema";
  EXPECT_FALSE(accepted("schema: 1\nsystems: {p2p: {protocol: nakamotto}}\n"));
  EXPECT_FALSE(accepted("schema: 1\nsystems: {p2p: {protocol: nakamoto, blok_interval: 1 min}}\n"));
  EXPECT_FALSE(accepted("schema: 1\nsystems: {p2p: {block_interval: 1 min}}\n"));
}

TEST_F(JsonSchema, NamesEveryFieldWithItsSentence) {
  const std::string text = json_schema(program_schema());
  for (const PathField& f : all_fields(program_schema())) {
    EXPECT_NE(text.find("\"" + f.field.name + "\": {"), std::string::npos) << f.path;
  }
}

}  // namespace
}  // namespace peerlab
