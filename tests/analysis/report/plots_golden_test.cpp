// What the pictures of a result are, pinned. After a wanted change: run this test, look at the pictures that it names in
// light and dark, copy them over.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "analysis/report/plots.h"
#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The example with everything that pictures cope with: curves over the deadline, a system that was not challenged.
ScenarioResult example_with_curves() {
  ScenarioResult result = example_result();
  for (RunRecord& run : result.runs) {
    const bool peers = run.system == "p2p";
    const std::uint64_t r = run.replication;
    run.metrics.push_back(example_share("available.writes(1 s)", peers ? 0 : 90 + r, 100));
    run.metrics.push_back(example_share("available.writes(10 s)", peers ? 12 + r : 100, 100));
    run.metrics.push_back(example_share("available.writes(10 min)", peers ? 97 + r : 100, 100));
    if (peers) {
      run.metrics.push_back(example_share("available.depth_1(10 s)", 40 + r, 100));
      run.metrics.push_back(example_share("available.depth_1(1 min)", 90 + r, 100));
      run.metrics.push_back(example_share("available.depth_6(10 s)", 12 + r, 100));
      run.metrics.push_back(example_share("available.depth_6(1 min)", 30 + r, 100));
      run.metrics.push_back(example_metric("replicated(50)", "p50", 4 + 0.1 * run.replication, "s", 40));
      run.metrics.push_back(example_metric("replicated(90)", "p50", 6, "s", 40));
      run.metrics[2].value = std::numeric_limits<double>::infinity();  // replicated(100): never
    }
    run.metrics.push_back(example_metric(
        "latency.acked", "p50", peers ? 300.0 + static_cast<double>(r) : 0.2 + 0.001 * static_cast<double>(r), "s", 9));
    Metric lost = peers ? example_share("lost", 0, 50)
                        : example_absent("lost", "value", "share", Standing::not_challenged, "nothing was wiped");
    run.metrics.push_back(lost);
  }
  summarise(result);
  return result;
}

TEST(Plots, LookAsPinned) {
  const fs::path golden = fs::path(PEERLAB_SOURCE_DIR) / "tests/analysis/report/golden/plots";
  const fs::path now = fs::temp_directory_path() / "peerlab-golden" / "plots";
  std::size_t pinned = 0;
  for (const auto& entry : fs::directory_iterator(golden)) pinned += entry.path().extension() == ".svg" ? 1 : 0;
  const std::vector<ResultFile> files = plots(example_with_curves());
  EXPECT_EQ(files.size(), pinned);
  for (const ResultFile& file : files) {
    ASSERT_TRUE(file.name.starts_with("plots/")) << file.name;
    const std::string name = file.name.substr(6);
    if (file.content == text_of(golden / name)) continue;
    fs::create_directories(now);
    std::ofstream(now / name, std::ios::binary) << file.content;
    ADD_FAILURE() << name << " differs; what it is now: " << (now / name);
  }
}

}  // namespace
}  // namespace peerlab
