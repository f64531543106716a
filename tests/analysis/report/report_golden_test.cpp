// What a report looks like, pinned. After a wanted change: run this test, look at the files that it names, copy them over.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "analysis/report/files.h"
#include "analysis/report/terminal.h"
#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

std::string golden(const std::string& name) {
  std::ifstream in(std::string(PEERLAB_SOURCE_DIR) + "/tests/analysis/report/golden/" + name, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The pinned CSV has plain line feeds, as all text in the repository.
void expect_golden(const std::string& name, std::string actual) {
  std::erase(actual, '\r');
  if (actual == golden(name)) return;
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "peerlab-golden";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / name, std::ios::binary) << actual;
  ADD_FAILURE() << name << " differs; what it is now: " << (folder / name);
}

TEST(Report, LooksAsPinnedInEightyColumns) {
  HostFacts host;
  host.wall_seconds = 1.234;
  host.folder = "results/partition-and-heal";
  host.pictures = 3;
  expect_golden("terminal_80.txt", print_terminal(example_result(), {80, false, true}, &host));
}

TEST(Report, LooksAsPinnedWithSystemsSideBySide) {
  expect_golden("terminal_120.txt", print_terminal(example_result(), {120, false, false}));
}

TEST(Report, LooksAsPinnedInFortyColumnsWithColour) {
  expect_golden("terminal_40_colour.txt", print_terminal(example_result(), {40, true, true}));
}

TEST(Report, WritesThePinnedFiles) {
  const ScenarioResult result = example_result();
  expect_golden("summary.json", summary_json(result));
  expect_golden("runs.csv", runs_csv(result));
  expect_golden("metrics.csv", metrics_csv(result));
  expect_golden("blocks.csv", blocks_csv(result));
  expect_golden("methods.md", methods_md(result));
}

}  // namespace
}  // namespace peerlab
