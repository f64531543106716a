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
    // Blocks of two kinds, as where a cut holds some of them up, and one that never came.
    for (std::uint32_t i = 0; peers && i < 40; ++i) {
      BlockLine block = run.blocks.front();
      block.block = i + 1;
      block.height = i + 2;
      block.s99 = i % 4 == 3 ? 600.0 + 40.0 * i : 0.4 + 0.02 * i + 0.01 * static_cast<double>(r);
      run.blocks.push_back(block);
    }
  }
  summarise(result);
  return result;
}

// Every figure in every cell of a sweep: lines over one axis, a heat map over two, theory beside both, a claim's verdict per cell.
ScenarioResult swept(const std::vector<std::string>& cells) {
  ScenarioResult result = example_result();
  result.systems = {"p2p"};
  result.cells = cells;
  result.runs.clear();
  result.expectations.clear();
  result.claim = JudgedClaim{};
  for (std::size_t c = 0; c < cells.size(); ++c) {
    for (std::uint32_t r = 0; r < 3; ++r) {
      RunRecord run;
      run.system = "p2p";
      run.cell = cells[c];
      run.replication = r;
      run.metrics = {example_share("stale.per_mined", 4 * c + r, 100),
                     example_metric("latency.acked", "p50", 300.0 / static_cast<double>(c + 1) + r, "s", 9)};
      result.runs.push_back(run);
    }
    const ClaimVerdict verdicts[] = {ClaimVerdict::holds, ClaimVerdict::fails, ClaimVerdict::inconclusive};
    result.claim->cells.push_back({cells[c], {}, verdicts[c % 3]});
    JudgedPrediction one;
    one.cell = cells[c];
    one.system = "p2p";
    one.metric = "stale.per_mined";
    one.stat = "value";
    one.unit = "share";
    one.predicted = 0.03 + 0.03 * static_cast<double>(c);
    one.error = 0.005;
    result.predictions.push_back(one);
  }
  summarise(result);
  return result;
}

void look_as_pinned(const ScenarioResult& result, const std::string& folder) {
  const fs::path golden = fs::path(PEERLAB_SOURCE_DIR) / "tests/analysis/report/golden" / folder;
  const fs::path now = fs::temp_directory_path() / "peerlab-golden" / folder;
  std::size_t pinned = 0;
  for (const auto& entry : fs::directory_iterator(golden)) pinned += entry.path().extension() == ".svg" ? 1 : 0;
  const std::vector<ResultFile> files = plots(result);
  EXPECT_EQ(files.size(), pinned) << folder;
  for (const ResultFile& file : files) {
    ASSERT_TRUE(file.name.starts_with("plots/")) << file.name;
    const std::string name = file.name.substr(6);
    if (file.content == text_of(golden / name)) continue;
    fs::create_directories(now);
    std::ofstream(now / name, std::ios::binary) << file.content;
    ADD_FAILURE() << folder << "/" << name << " differs; what it is now: " << (now / name);
  }
}

TEST(Plots, LookAsPinned) { look_as_pinned(example_with_curves(), "plots"); }

TEST(Plots, OfASweepLookAsPinned) { look_as_pinned(swept({"users=10", "users=100", "users=1000"}), "plots-of-sweep"); }

TEST(Plots, OfAGridLookAsPinned) {
  look_as_pinned(swept({"users=10, mode=fast", "users=10, mode=slow", "users=100, mode=fast", "users=100, mode=slow"}),
                 "plots-of-grid");
}

}  // namespace
}  // namespace peerlab
