#include "analysis/report/differences.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/analysis/report/example_result.h"

namespace peerlab {
namespace {

TEST(Differences, NamesWhatDiffersAndInWhichDirection) {
  const std::string text = print_differences(example_result(), {80, false, true});
  EXPECT_TRUE(text.starts_with("central differs from p2p in 2 of ")) << text;
  EXPECT_NE(text.find("messages (lower)"), std::string::npos) << text;
  EXPECT_NE(print_differences(example_result(), {200, false, true}).find("cost.bytes_sent (lower)"), std::string::npos);
  EXPECT_EQ(text.find("agreement"), std::string::npos) << "one copy has none";
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST(Differences, AreNoneForOneSystemOrOneRun) {
  ScenarioResult one = example_result();
  one.systems = {"p2p"};
  EXPECT_EQ(print_differences(one, {}), "");
  ScenarioResult single = example_result();
  std::erase_if(single.runs, [](const RunRecord& run) { return run.replication > 0; });
  summarise(single);
  EXPECT_EQ(print_differences(single, {}), "");
}

TEST(Differences, OfEqualSystemsAreSaidToBeNone) {
  ScenarioResult result = example_result();
  for (RunRecord& run : result.runs) {
    if (run.system == "central") run.metrics = result.runs[2 * run.replication].metrics;
  }
  summarise(result);
  EXPECT_NE(print_differences(result, {}).find("central differs from p2p in 0 of "), std::string::npos)
      << print_differences(result, {});
}

}  // namespace
}  // namespace peerlab
