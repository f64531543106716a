// The space-time diagram, pinned. After a wanted change: run this test, look at the picture that it names, copy it over.
#include "analysis/report/space_time.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "analysis/report/space_time_window.h"
#include "tests/analysis/report/example_messages.h"

namespace peerlab {
namespace {

namespace fs = std::filesystem;

RecordedRun recorded() { return *read_recorded_run(ExampleMessages().recording()); }

TEST(SpaceTime, LooksAsPinned) {
  ChartHead head;
  head.id = "space-time";
  head.title = "Who tells whom";
  head.about = "example";
  head.foot = "peerlab 0.1.0";
  const std::optional<Picture> picture = space_time_picture(recorded(), head);
  ASSERT_TRUE(picture.has_value());
  EXPECT_EQ(picture->table.rows.size(), 4U);
  std::ifstream in(fs::path(PEERLAB_SOURCE_DIR) / "tests/analysis/report/golden/space-time.svg", std::ios::binary);
  std::ostringstream pinned;
  pinned << in.rdbuf();
  if (picture->svg == pinned.str()) return;
  const fs::path now = fs::temp_directory_path() / "peerlab-golden";
  fs::create_directories(now);
  std::ofstream(now / "space-time.svg", std::ios::binary) << picture->svg;
  ADD_FAILURE() << "it differs; what it is now: " << (now / "space-time.svg");
}

TEST(SpaceTime, IsForFewNodes) {
  RecordedRun run = recorded();
  while (run.nodes.size() <= most_nodes_in_space_time) run.nodes.push_back(run.nodes.back());
  EXPECT_FALSE(space_time_picture(run, {}).has_value());
  run = recorded();
  run.messages.clear();
  EXPECT_FALSE(space_time_picture(run, {}).has_value());
}

TEST(SpaceTimeWindow, PrefersAForkToAFaultAndAFaultToABlock) {
  RecordedRun run = recorded();
  EXPECT_EQ(space_time_window(run).what, "a \"cut\" begins");
  run.marks.clear();
  EXPECT_EQ(space_time_window(run).what, "block 1 is found");
  run.blocks.push_back({"b2", 1, 1, 1.04, false});
  const SpaceTimeWindow fork = space_time_window(run);
  EXPECT_EQ(fork.what, "a second block is found at height 1");
  EXPECT_LE(fork.from, 1.0) << "the first one is shown too";
  EXPECT_GE(fork.to, 1.101) << "and how it came to all";
  run.blocks.clear();
  EXPECT_EQ(space_time_window(run).what, "the first message is sent");
}

TEST(SpaceTimeWindow, EndsBeforeALongSilence) {
  RecordedRun run = recorded();
  run.marks.clear();
  run.messages.clear();
  for (int i = 0; i < 20; ++i) {
    const double sent = 1 + 0.01 * i + (i >= 12 ? 3600 : 0);
    run.messages.push_back({sent, sent + 0.05, 0, 1, 0, 100, true});
  }
  EXPECT_LT(space_time_window(run).to, 2);
}

}  // namespace
}  // namespace peerlab
