// The picture of the project is a fact about its sources, or this fails and says which line to mend.

#include <gtest/gtest.h>

#include <map>

#include "tests/layering/checker.h"

namespace peerlab::layering {
namespace {

const std::filesystem::path root = PEERLAB_SOURCE_DIR;

std::vector<Source> our_code() {
  std::vector<Source> all;
  for (const char* folder : {"models", "analysis", "sim", "tests", "bench"}) {
    for (auto& source : sources_below(root, folder, {".h", ".cpp"})) all.push_back(std::move(source));
  }
  return all;
}

TEST(Tree, IncludesOnlyWhatTheTableAllowsAndUsesNoBannedName) {
  for (const auto& source : our_code()) {
    for (const auto& sentence : offences(source)) ADD_FAILURE() << sentence;
  }
}

TEST(Tree, GivesEveryTypeANameOfItsOwn) {
  // Two headers had a `Distribution`; no file saw both, and the linker took the functions of one for the other's vectors.
  std::map<std::string, std::string> declared_in;
  for (const auto& source : our_code()) {
    if (!source.path.ends_with(".h") || source.path.starts_with("tests/") || source.path.starts_with("bench/"))
      continue;
    std::istringstream text(source.text);
    for (std::string line; std::getline(text, line);) {
      if (!line.starts_with("struct ") && !line.starts_with("class ")) continue;  // at the left margin: in a namespace
      std::istringstream words(line);
      std::string word, name;
      words >> word >> name;
      if (name.starts_with("alignas(")) words >> name;
      if (name.ends_with(";") || !(words >> word) || word == ";") continue;  // announced, declared elsewhere
      const auto [place, fresh] = declared_in.emplace(name, source.path);
      EXPECT_TRUE(fresh) << name << " is declared in " << place->second << " and in " << source.path;
    }
  }
  EXPECT_GT(declared_in.size(), 300U);
}

TEST(Tree, IsBuiltWithTheSameTable) {
  // CMakeLists.txt repeats the table as `peerlab_module(models/ledger LINKS models/base ...)`.
  std::map<std::string, std::set<std::string>> built;
  std::istringstream text(read_file(root / "CMakeLists.txt"));
  std::string line, folder;
  while (std::getline(text, line)) {
    std::istringstream words(line.substr(0, line.find('#')));
    bool packages = false;
    for (std::string word; words >> word;) {
      const bool last = word.ends_with(")");
      if (last) word.pop_back();
      if (word.starts_with("peerlab_module(")) {
        folder = word.substr(word.find('(') + 1);
        if (folder.find('/') != std::string::npos) built[folder];
      } else if (word == "PACKAGES") {
        packages = true;
      } else if (!folder.empty() && !packages && within(word, {"models", "analysis", "sim"})) {
        built[folder].insert(word);
      }
      if (last) folder.clear();
    }
  }
  std::map<std::string, std::set<std::string>> drawn;
  for (const auto& module : modules()) drawn[module.folder] = {module.includes.begin(), module.includes.end()};
  EXPECT_EQ(built, drawn) << "CMakeLists.txt and tests/layering/rules.h tell different stories";
}

// The README draws it once more for readers: `| `models/ledger` | what it is | `models/base` ... |`.
TEST(Tree, IsDrawnTheSameInTheReadme) {
  std::map<std::string, std::set<std::string>> shown;
  std::istringstream text(read_file(root / "README.md"));
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with("| `")) continue;
    std::string folder;
    for (std::size_t at = line.find('`'); at != std::string::npos; at = line.find('`', at)) {
      const std::size_t end = line.find('`', at + 1);
      if (end == std::string::npos) break;
      const std::string word = line.substr(at + 1, end - at - 1);
      at = end + 1;
      if (!within(word, {"models", "analysis", "sim"})) continue;
      if (folder.empty()) {
        shown[folder = word];
      } else if (at > line.rfind("| ")) {
        shown[folder].insert(word);
      }
    }
  }
  std::map<std::string, std::set<std::string>> drawn;
  for (const auto& module : modules()) drawn[module.folder] = {module.includes.begin(), module.includes.end()};
  EXPECT_EQ(shown, drawn) << "README.md and tests/layering/rules.h tell different stories";
}

TEST(Tree, GivesEveryPlugInATableATestAndAScenario) {
  std::vector<PlugIn> plug_ins;
  std::vector<Source> code;
  for (const char* folder : {"models", "analysis"}) {
    for (auto& source : sources_below(root, folder, {".cpp"})) {
      for (auto& plug_in : plug_ins_of(source)) plug_ins.push_back(std::move(plug_in));
      code.push_back(std::move(source));
    }
  }
  std::string tests, scenarios;
  for (const auto& source : sources_below(root, "tests", {".cpp"})) {
    if (folder_of(source.path) != "tests/layering") tests += source.text;
  }
  for (const auto& source : sources_below(root, "scenarios", {".yaml"})) {
    scenarios += without_yaml_comments(source.text);
  }

  for (const auto& plug_in : plug_ins) {
    const auto complain = [&](const std::string& what) { ADD_FAILURE() << plug_in.path << ": " << what; };
    const bool in_a_table = std::any_of(code.begin(), code.end(), [&](const Source& s) { return calls(s, plug_in); });
    if (!in_a_table) complain("no table calls " + plug_in.function + "(): give it a row");
    if (!mentions(tests, plug_in.name)) complain("no test names \"" + plug_in.name + "\"");
    const bool asked_by_name = folder_of(plug_in.path) == "analysis/theory";  // `peerlab theory NAME`, not a scenario
    if (!asked_by_name && !mentions(scenarios, plug_in.name))
      complain("no file in scenarios/ asks for \"" + plug_in.name + "\"");
  }
}

}  // namespace
}  // namespace peerlab::layering
