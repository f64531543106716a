// Every scenario of an attack or a fault has its calm twin beside it: a system like one that is struck, and nothing happens to it. Where
// nothing strikes at all, or only a part of the run, the file says in its head what the twin is.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sim/scenario/read.h"
#include "sim/world/cost_table.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> storms() {
  std::vector<fs::path> files;
  for (const char* folder : {"attacks", "faults"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(PEERLAB_SOURCE_DIR) / "scenarios" / folder)) {
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool struck(const Scenario& s, const std::string& system) {
  const auto strikes = [&](const auto& line) { return line.strikes(system); };
  if (!s.attacks.empty()) return std::any_of(s.attacks.begin(), s.attacks.end(), strikes);  // a fault may befall both
  return std::any_of(s.timeline.begin(), s.timeline.end(), strikes);
}

class CalmTwin : public testing::TestWithParam<fs::path> {};

TEST_P(CalmTwin, StandsBesideOrIsNamed) {
  std::ostringstream text;
  text << std::ifstream(GetParam(), std::ios::binary).rdbuf();
  const ReadResult read = read_scenario_text(text.str(), GetParam().string(), standard_schema(cost_fields()));
  ASSERT_TRUE(read.scenario) << format_problems(read.problems);
  const Scenario& s = *read.scenario;
  bool beside = false;
  for (const SystemEntry& calm : s.systems) {
    for (const SystemEntry& other : s.systems) {
      beside = beside || (!struck(s, calm.name) && struck(s, other.name) && calm.protocol == other.protocol);
    }
  }
  const std::string head = text.str().substr(0, text.str().find("schema: 1"));
  const bool named = head.find("twin") != std::string::npos;
  EXPECT_TRUE(beside || named) << "no system is spared, and the head of the file names no calm twin";
}

INSTANTIATE_TEST_SUITE_P(All, CalmTwin, testing::ValuesIn(storms()), [](const testing::TestParamInfo<fs::path>& of) {
  std::string name = of.param.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace peerlab
